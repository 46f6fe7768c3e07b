// A program: a host of its own process that gives all answers at one moment, when it is told to.
//
// Standard input: a line of JSON with the database, the key ring and the answers; it says `ready`; then a line `go`. Standard
// output: a line of JSON with what became of each answer.
import { createInterface } from 'node:readline';
import { createHost, HostError, plainPasswords, type Answer } from '../../../src/host/index.ts';
import { parseKeyRing } from '../../../src/host/sealing/key-ring.ts';
import { createVault } from '../../../src/host/sealing/vault.ts';
import { openSqlStore } from '../../../src/host/store/open-store.ts';
import { systemHostClock } from '../../../src/ui/system-clock.ts';

/** What it is told. */
export interface Task {
  readonly database: string;
  readonly keyRing: string;
  readonly answers: readonly Answer[];
}

const lines = createInterface(process.stdin)[Symbol.asyncIterator]();
const task: Task = JSON.parse((await lines.next()).value ?? '');
const ring = parseKeyRing(task.keyRing);
const vault = createVault({ ring: () => ring, reload: () => Promise.resolve() });
const store = await openSqlStore({ database: task.database, vault });
const host = createHost({ clock: systemHostClock, store, vault, hasher: plainPasswords });
process.stdout.write('ready\n');
await lines.next();
const results = await Promise.all(
  task.answers.map((answer) =>
    host.answer(answer).then(
      () => 'session',
      (error: unknown) => (error instanceof HostError ? error.code : String(error)),
    ),
  ),
);
await store.close();
process.stdout.write(`${JSON.stringify(results)}\n`);
process.stdin.destroy();
