// A program: a host of its own process that gives answers in waves, each when it is told to.
//
// Standard input: a line of JSON with the database, the key ring and the answers; it says `ready`; then a line `go` for each
// wave. Standard output: for each wave a line of JSON with what became of each answer.
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
  /** Those of one wave are given at one moment. */
  readonly waves: readonly (readonly Answer[])[];
}

const lines = createInterface(process.stdin)[Symbol.asyncIterator]();
const task: Task = JSON.parse((await lines.next()).value ?? '');
const ring = parseKeyRing(task.keyRing);
const vault = createVault({ ring: () => ring, reload: () => Promise.resolve() });
const store = await openSqlStore({ database: task.database, vault });
const host = createHost({ clock: systemHostClock, store, vault, hasher: plainPasswords });
process.stdout.write('ready\n');
for (const wave of task.waves) {
  await lines.next();
  const results = await Promise.all(
    wave.map((answer) =>
      host.answer(answer).then(
        () => 'session',
        (error: unknown) => (error instanceof HostError ? error.code : String(error)),
      ),
    ),
  );
  process.stdout.write(`${JSON.stringify(results)}\n`);
}
await store.close();
process.stdin.destroy();
