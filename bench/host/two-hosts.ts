// What sharing a database costs: two hosts on one PostgreSQL beside one host alone.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../../test/host/start-postgres.ts';
import { median } from '../median.ts';
import { atMost, type Row } from '../row.ts';
import { answerAll, CONNECTIONS } from './answering.ts';
import { addCustomers, beginLogins, openBank, type OpenLogin } from './bank.ts';
import type { Listening } from './listening-program.ts';
import { serveBank } from './served-bank.ts';

const CUSTOMERS = 1000;
/** Answers that each host gets in a round. */
const ANSWERS = 600;
const WARM_UP = 500;
const ROUNDS = 5;

/** By turns: one host gets the load, and then each of the two. */
export async function twoHostsRow(): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'dsc-bench-'));
  const postgres = await startPostgres();
  const hosts: Listening[] = [];
  try {
    const bank = await openBank(folder, postgres.url);
    const customers = await addCustomers(bank, CUSTOMERS);
    const logins = await beginLogins(bank, customers, 2 * WARM_UP + 3 * ROUNDS * ANSWERS);
    await bank.close();
    for (let host = 0; host < 2; host++) hosts.push(await serveBank(bank, folder));
    const take = (count: number): OpenLogin[] => logins.splice(0, count);
    for (const host of hosts) await answerAll(host, take(WARM_UP));

    const rounds: { readonly one: number; readonly two: number }[] = [];
    while (rounds.length < ROUNDS) {
      // Each is the one by turns, so that what tells the two processes apart falls on both sides.
      const single = hosts[rounds.length % hosts.length]!;
      const { processor: one } = await answerAll(single, take(ANSWERS));
      const both = await Promise.all(hosts.map((host) => answerAll(host, take(ANSWERS))));
      rounds.push({ one, two: both.reduce((sum, { processor }) => sum + processor, 0) / both.length });
    }
    const ratio = median(rounds.map(({ one, two }) => two / one));
    return {
      what: `processor time of two hosts on one PostgreSQL for each answer, ${CONNECTIONS} connections to each`,
      value: microseconds(median(rounds.map(({ two }) => two))),
      peer: 'one host on the same database',
      peerValue: microseconds(median(rounds.map(({ one }) => one))),
      ratio,
      goal: atMost(1.1, ratio),
    };
  } finally {
    await Promise.all(hosts.map((host) => host.stop()));
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

const microseconds = (seconds: number): string => `${Math.round(seconds * 1e6)} µs`;
