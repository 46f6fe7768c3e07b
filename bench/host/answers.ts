// Second-factor answers a second over HTTP, each of them right and on the disk before it is confirmed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from '../median.ts';
import { perSecond } from '../rate.ts';
import { atLeast, type Row } from '../row.ts';
import { addCustomers, beginLogins, openBank, type OpenLogin } from './bank.ts';
import { answerAll, CONNECTIONS } from './answering.ts';
import { listeningProgram, type Listening } from './listening-program.ts';
import { serveBank } from './served-bank.ts';

const CUSTOMERS = 5000;
/** Answers in each round, after some that warm the programs up. */
const ANSWERS = 8000;
const WARM_UP = 4000;
const ROUNDS = 5;

/** By turns with the framework alone, which gives a constant answer to the same requests. */
export async function answersRow(): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'dsc-bench-'));
  const running: Listening[] = [];
  try {
    const bank = await openBank(folder);
    const customers = await addCustomers(bank, CUSTOMERS);
    const logins = await beginLogins(bank, customers, WARM_UP + ROUNDS * ANSWERS);
    await bank.close();
    const host = await serveBank(bank, folder, { cores: 'all' });
    running.push(host);
    const constant = await listeningProgram([join(import.meta.dirname, 'constant.ts')], {
      cores: 'all',
      log: join(folder, 'constant.log'),
    });
    running.push(constant);

    const take = (count: number): OpenLogin[] => logins.splice(0, count);
    const warmUp = take(WARM_UP);
    await answerAll(constant, warmUp);
    await answerAll(host, warmUp);
    const rounds: { readonly ours: number; readonly peer: number }[] = [];
    while (rounds.length < ROUNDS) {
      const answers = take(ANSWERS);
      const peer = await answerAll(constant, answers);
      const ours = await answerAll(host, answers);
      rounds.push({ ours: ours.perSecond, peer: peer.perSecond });
    }
    const ratio = median(rounds.map(({ ours, peer }) => ours / peer));
    return {
      what: `second-factor answers over HTTP, SQLite, durable, ${CONNECTIONS} connections`,
      value: perSecond(median(rounds.map(({ ours }) => ours))),
      peer: 'Hono on node-server, a constant answer to the same POST',
      peerValue: perSecond(median(rounds.map(({ peer }) => peer))),
      ratio,
      goal: atLeast(0.2, ratio),
    };
  } finally {
    await Promise.all(running.map((each) => each.stop()));
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}
