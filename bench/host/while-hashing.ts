// Whether password hashing holds up anybody else: `/healthz` while many log in, beside a host with nothing to do.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { request, send } from '../http-load.ts';
import { median } from '../median.ts';
import type { Row } from '../row.ts';
import { openBank } from './bank.ts';
import type { Listening } from './listening-program.ts';
import { serveBank } from './served-bank.ts';

/** Logins at the same moment, of names that nobody has: a password is hashed for each of them all the same. */
const LOGINS = 50;
/** How often `/healthz` is asked, in milliseconds: a look-out, not a load. */
const EVERY = 10;
const LOOKS = 1000;
const ROUNDS = 3;

export async function whileHashingRow(): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'dsc-bench-'));
  let host: Listening | undefined;
  try {
    const bank = await openBank(folder);
    await bank.close();
    host = await serveBank(bank, folder);
    await lookOut(host, LOOKS);
    const rounds: { readonly idle: number; readonly hashing: number }[] = [];
    while (rounds.length < ROUNDS) {
      const idle = await lookOut(host, LOOKS);
      const logins = beginAll(host, rounds.length);
      const hashing = await lookOut(host, LOOKS, logins);
      await logins;
      rounds.push({ idle, hashing });
    }
    const ratio = median(rounds.map(({ idle, hashing }) => hashing / idle));
    return {
      what: `\`/healthz\` while ${LOGINS} logins hash, 99th percentile`,
      value: milliseconds(median(rounds.map(({ hashing }) => hashing))),
      peer: 'the same while nobody logs in',
      peerValue: milliseconds(median(rounds.map(({ idle }) => idle))),
      ratio,
      goal: { asked: '< 10', reached: ratio < 10 },
    };
  } finally {
    await host?.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** All at once; resolves when the last password is hashed. */
async function beginAll({ port }: Listening, round: number): Promise<void> {
  let begun = 0;
  await send({
    port,
    connections: LOGINS,
    next: () =>
      begun < LOGINS
        ? request('/v1/logins', { name: `nobody-${round}-${begun++}`, password: 'a guess' })
        : undefined,
    answered: () => {},
  });
}

/** The 99th percentile, in milliseconds; ends early if what it looks at does. */
async function lookOut({ port }: Listening, looks: number, work?: Promise<void>): Promise<number> {
  const times: number[] = [];
  const done = new AbortController();
  void work?.then(() => done.abort());
  const look = request('/healthz');
  while (times.length < looks && !done.signal.aborted) {
    let asked = 0;
    await send({
      port,
      connections: 1,
      next: () => (asked++ === 0 ? look : undefined),
      answered: (_status, time) => times.push(time),
    });
    await setTimeout(EVERY);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? Number.NaN;
}

const milliseconds = (time: number): string => `${time.toFixed(2)} ms`;
