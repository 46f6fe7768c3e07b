// Whether a stopwatch tells anything about a name: replies to names and passwords, over HTTP, by what is behind the name.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scryptHasher } from '../../src/host/index.ts';
import { median } from '../median.ts';
import type { Row } from '../row.ts';
import { openBank, type Bank } from './bank.ts';
import type { Listening } from './listening-program.ts';
import { serveBank } from './served-bank.ts';

const ROUNDS = 25;
const WARM_UP = 2;
/** The logarithms of scrypt's N: a password kept from long ago, one of today, and the dearest. */
const [CHEAP, USUAL, DEAREST] = [12, 17, 18];
const PASSWORD = 'open sesame';
/** How far from its peer a ratio may be. */
const WITHIN = 0.01;

const WRONG_AT_DEAREST = 'a wrong password at the dearest parameters';

interface Behind {
  /** What the password that is kept costs; without it there is no user. */
  readonly log2N?: number;
  readonly disabled?: boolean;
  /** What is entered. */
  readonly password: string;
}

/** What is behind a name. */
const KINDS = {
  [WRONG_AT_DEAREST]: { log2N: DEAREST, password: 'a guess' },
  'a wrong password at cheap ones': { log2N: CHEAP, password: 'a guess' },
  'a wrong password at those of today': { log2N: USUAL, password: 'a guess' },
  'no such user': { password: 'a guess' },
  'a disabled user, the right password': { log2N: USUAL, password: PASSWORD, disabled: true },
} as const satisfies Record<string, Behind>;

type Kind = keyof typeof KINDS;
const NAMES = Object.keys(KINDS) as Kind[];

/** A name for each try: those of one user are slowed down. */
const nameOf = (kind: Kind, round: number): string => `user-${NAMES.indexOf(kind)}-${round + WARM_UP}`;

export async function replyTimeRows(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'dsc-bench-'));
  let host: Listening | undefined;
  try {
    const bank = await openBank(folder);
    await addUsers(bank);
    await bank.close();
    host = await serveBank(bank, folder, { more: ['--behind-proxy', '127.0.0.1'] });
    const times = new Map<Kind, number[]>(NAMES.map((kind) => [kind, []]));
    for (let round = -WARM_UP; round < ROUNDS; round++) {
      for (const kind of NAMES) {
        const time = await timeOf(host, kind, round);
        if (round >= 0) times.get(kind)?.push(time);
      }
    }
    return [row('median', times, median), row('95th percentile', times, percentile95)];
  } finally {
    await host?.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

async function addUsers({ store }: Bank): Promise<void> {
  for (const kind of NAMES) {
    const { log2N, disabled = false }: Behind = KINDS[kind];
    if (log2N === undefined) continue;
    const password = await scryptHasher(log2N).hash(PASSWORD);
    for (let round = -WARM_UP; round < ROUNDS; round++) {
      const record = {
        name: nameOf(kind, round),
        password,
        passwordCost: log2N,
        role: 'user',
        disabled,
        balance: 0,
        person: undefined,
        hadFactor: false,
      } as const;
      await store.addUser(record, () => []);
    }
  }
}

/** Milliseconds to the refusal, which must be the same one for all. */
async function timeOf({ port }: Listening, kind: Kind, round: number): Promise<number> {
  const body = JSON.stringify({ name: nameOf(kind, round), password: KINDS[kind].password });
  // An address for each try, as the names are.
  const address = `2001:db8:${NAMES.indexOf(kind)}:${round + WARM_UP}::1`;
  const headers = { 'Content-Type': 'application/json', 'X-Forwarded-For': address };
  const start = performance.now();
  const reply = await fetch(`http://127.0.0.1:${port}/v1/logins`, { method: 'POST', headers, body });
  await reply.arrayBuffer();
  const time = performance.now() - start;
  if (reply.status !== 401) throw new Error(`${kind}: answered ${reply.status} instead of 401`);
  return time;
}

/** The kind that is farthest from the peer. */
function row(name: string, times: ReadonlyMap<Kind, number[]>, of: (times: number[]) => number): Row {
  const peer = of(times.get(WRONG_AT_DEAREST) ?? []);
  const [farthest] = NAMES.filter((kind) => kind !== WRONG_AT_DEAREST)
    .map((kind) => ({ kind, time: of(times.get(kind) ?? []) }))
    .toSorted((a, b) => Math.abs(b.time - peer) - Math.abs(a.time - peer));
  const { kind = '', time = Number.NaN } = farthest ?? {};
  const ratio = time / peer;
  return {
    what: `a refused name and password, ${name}: of four kinds the farthest from the peer, ${kind}`,
    value: milliseconds(time),
    peer: WRONG_AT_DEAREST,
    peerValue: milliseconds(peer),
    ratio,
    goal: { asked: `1 ± ${WITHIN}`, reached: Math.abs(ratio - 1) <= WITHIN },
  };
}

const percentile95 = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN;

const milliseconds = (time: number): string => `${time.toFixed(1)} ms`;
