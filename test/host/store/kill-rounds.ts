// A host that is killed at random moments under load, and what must be so each time it has been: for the test, and for as
// long as one likes (`npm run soak -- --host`).
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import { verifyTrail } from '../../../src/host/audit/verify.ts';
import type { LoginId } from '../../../src/host/login-id.ts';
import { newMasterKey, parseKeyRing, printKeyRing } from '../../../src/host/sealing/key-ring.ts';
import { createVault } from '../../../src/host/sealing/vault.ts';
import { openSqlite } from '../../../src/host/store/node-sqlite.ts';
import { openSqlStore } from '../../../src/host/store/open-store.ts';
import type { Store } from '../../../src/host/store/store.ts';
import { people, right, SILENT } from './records.ts';

const NAMES = Array.from({ length: 16 }, (_, index) => `user-${index}`);
/** A host is killed so long after its first answer at the most, in milliseconds. */
const LONGEST = 300;
/** One in so many is killed before it has answered anything, as it opens the database. */
const EARLY_ONE_IN = 8;
/** How long it may take to answer, in milliseconds. */
const START = 400;

/** What happened until now. */
interface KillTally {
  kills: number;
  /** Answers that a host had told as accepted. */
  accepted: number;
  /** Wrong answers that a host had told as counted. */
  wrong: number;
}

/** Kills of hosts on one database. */
export interface KillRounds {
  readonly tally: Readonly<KillTally>;
  /** Lets a host answer, kills it, and looks. @throws AssertionError for what was forgotten, lost or damaged. */
  readonly round: () => Promise<void>;
  /** Checks the audit trail of all hosts. @throws AssertionError */
  readonly verify: () => Promise<void>;
}

/** Makes the tables and the users, in a database that is new. @param database - a file, or `postgres://…`. */
export async function killRounds(database: string): Promise<KillRounds> {
  const keys = printKeyRing('k1', [newMasterKey('k1')]);
  const ring = parseKeyRing(keys);
  const vault = createVault({ ring: () => ring, reload: () => Promise.resolve() });
  const open = (migrate = false): Promise<Store> => openSqlStore({ database, vault, migrate });
  const isFile = !database.startsWith('postgres:');
  const tally: KillTally = { kills: 0, accepted: 0, wrong: 0 };
  /** Wrong answers in a row, by device. */
  const counts = new Map<string, number>();

  await within(open(true), async (store) => {
    await people(store, ...NAMES);
    for (const name of NAMES) counts.set(name.toUpperCase(), 0);
  });

  return {
    tally,

    async round() {
      const lines = (await killed(database, keys)).map((line) => line.split(' '));
      tally.kills += 1;
      await within(open(), async (store) => {
        for (const [what, one = '', other = ''] of lines) {
          if (what === 'right') await isKept(store, one as LoginId, other);
          else counts.set(one, Number(other));
          tally[what === 'right' ? 'accepted' : 'wrong'] += 1;
        }
        for (const [serial, count] of counts) {
          const { wrongInARow } = (await store.device(serial))!;
          // One more of each may have been counted, and not said.
          assert([count, count + 1].includes(wrongInARow), `${serial}: ${count} told, ${wrongInARow} kept`);
          counts.set(serial, wrongInARow);
        }
      });
      if (isFile) await isWhole(database);
    },

    verify: () =>
      within(open(), async (store) => {
        const { entries, faults } = await verifyTrail(store, vault);
        assert.deepEqual(faults, []);
        assert(entries >= tally.accepted, `${entries} entries of ${tally.accepted} answers`);
      }),
  };
}

async function within(opened: Promise<Store>, act: (store: Store) => Promise<void>): Promise<void> {
  const store = await opened;
  try {
    await act(store);
  } finally {
    await store.close();
  }
}

/** An answer that was told as accepted has ended its login, and opened its session. */
async function isKept(store: Store, id: LoginId, session: string): Promise<void> {
  assert.equal((await store.login(id))?.finished, true, `login ${id} is forgotten`);
  const again = await store.finish(id, right({ at: Date.now() }), SILENT);
  assert.deepEqual(again, { outcome: 'login-ended' });
  assert(await store.session(session), `the session of login ${id} is forgotten`);
}

async function isWhole(file: string): Promise<void> {
  const opened = openSqlite(file);
  try {
    const { rows } = await sql`PRAGMA integrity_check`.execute(opened.reads);
    assert.deepEqual(
      rows.map((row) => Object(row).integrity_check),
      ['ok'],
    );
  } finally {
    await opened.close();
  }
}

/** Lets a host answer until it is killed, at a random moment; gives the lines it wrote. */
async function killed(database: string, keys: string): Promise<readonly string[]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'endless-host.ts'), database, ...NAMES], {
    env: { ...process.env, DSC_HOST_KEYS: keys },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  let trouble = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (trouble += text));
  const lines: string[] = [];
  const reader = createInterface(child.stdout).on('line', (line) => lines.push(line));
  const isEarly = Math.random() * EARLY_ONE_IN < 1;
  if (!isEarly) await Promise.race([once(reader, 'line'), ended]);
  await Promise.race([setTimeout(Math.random() * (isEarly ? START : LONGEST)), ended]);
  child.kill('SIGKILL');
  await ended;
  assert.equal(trouble, '');
  return lines;
}
