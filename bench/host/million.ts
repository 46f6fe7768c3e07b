// Whether a login in a bank of a million is as fast as in one of a thousand; how much each of them takes on the disk.
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from '../median.ts';
import { atMost, type Row } from '../row.ts';
import { addCustomers, logIn, openBank, type Bank, type Customer } from './bank.ts';
import { addRows } from './many-rows.ts';

const THOUSAND = 1000;
const MILLION = 1_000_000;
/** Real customers among them, far from each other. */
const PROBES = 200;
/** Whole logins in a round: name and password, challenge, answer. */
const LOGINS = 400;
const ROUNDS = 9;
/** What must be kept of a user and a card, in bytes. */
const SECRETS_BYTES = 20 + 20 + 32 + 16;
/** Logins at the same moment. */
const TOGETHER = 16;

interface Branch {
  readonly bank: Bank;
  readonly customers: readonly Customer[];
}

export async function millionRows(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'dsc-bench-'));
  const open: Branch[] = [];
  try {
    const small = await branch(join(folder, 'small'), THOUSAND);
    open.push(small);
    const large = await branch(join(folder, 'large'), MILLION);
    open.push(large);
    const bytes = statSync(large.bank.database).size;
    const rounds: { readonly small: number; readonly large: number }[] = [];
    for (let round = -1; round < ROUNDS; round++) {
      const times = { small: await timeLogins(small), large: await timeLogins(large) };
      if (round >= 0) rounds.push(times);
    }
    const ratio = median(rounds.map((times) => times.large / times.small));
    return [
      {
        what: 'a login among 1,000,000 users and devices, begun and answered, in process',
        value: milliseconds(median(rounds.map((times) => times.large))),
        peer: 'among 1,000',
        peerValue: milliseconds(median(rounds.map((times) => times.small))),
        ratio,
        goal: atMost(1.3, ratio),
      },
      {
        what: 'database file for each of 1,000,000 users with a card',
        value: `${Math.round(bytes / MILLION)} bytes`,
        peer: 'key, PIN hash, password hash and its salt alone',
        peerValue: `${SECRETS_BYTES} bytes`,
        ratio: bytes / MILLION / SECRETS_BYTES,
      },
    ];
  } finally {
    for (const { bank } of open) await bank.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** A bank of `size` customers; those who will log in are spread among the others. */
async function branch(folder: string, size: number): Promise<Branch> {
  mkdirSync(folder);
  await (await openBank(folder)).close();
  const step = Math.floor(size / PROBES);
  const file = join(folder, 'host.sqlite');
  for (let probe = 0; probe < PROBES; probe++) addRows(file, probe * step + 1, step - 1);
  const bank = await openBank(folder);
  const customers = await Promise.all(
    Array.from({ length: PROBES }, async (_, probe) => (await addCustomers(bank, 1, probe * step))[0]!),
  );
  return { bank, customers };
}

/** Milliseconds for each login. */
async function timeLogins({ bank, customers }: Branch): Promise<number> {
  let begun = 0;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: TOGETHER }, async () => {
      while (begun < LOGINS) await logIn(bank, customers[begun++ % PROBES]!);
    }),
  );
  return (performance.now() - start) / LOGINS;
}

const milliseconds = (time: number): string => `${time.toFixed(2)} ms`;
