// A program: a store that finishes logins and counts wrong answers as fast as it can, until it is killed.
//
// Arguments: the database, and who is there; the key ring is in DSC_HOST_KEYS. It writes a line for each answer once that
// is written for good: `right <login> <session>` or `wrong <device> <how many in a row>`.
import { newLoginId } from '../../../src/host/login-id.ts';
import { parseKeyRing } from '../../../src/host/sealing/key-ring.ts';
import { createVault } from '../../../src/host/sealing/vault.ts';
import { openSqlStore } from '../../../src/host/store/open-store.ts';
import { newTimedName, timedHash } from '../../../src/host/timed-name.ts';
import { randomInt } from 'node:crypto';
import type { Challenge } from '../../../src/host/challenges.ts';

const [database = '', ...names] = process.argv.slice(2);
const ring = parseKeyRing(process.env['DSC_HOST_KEYS'] ?? '');
const vault = createVault({ ring: () => ring, reload: () => Promise.resolve() });
const store = await openSqlStore({ database, vault });
const unlimited = { max: 1, window: 0 };
const blank = { purpose: 'login', attempts: 0, finished: false, sealed: undefined, revision: 0 } as const;

await Promise.all(names.map((name, index) => (index % 4 === 0 ? answerWrong(name) : answerRight(name))));

async function begin(user: string) {
  const issuedAt = Date.now();
  const id = newLoginId(issuedAt);
  for (;;) {
    const challenge = String(randomInt(1e6)).padStart(6, '0') as Challenge;
    const login = { ...blank, id, user, serial: user.toUpperCase(), challenge, issuedAt };
    const { outcome } = await store.openLogin(
      { ...login, expiresAt: issuedAt + 60_000 },
      unlimited,
      () => [],
    );
    if (outcome === 'opened') return { id, serial: login.serial };
  }
}

async function answerRight(user: string): Promise<void> {
  for (;;) {
    const { id, serial } = await begin(user);
    const at = Date.now();
    const tokenHash = timedHash(newTimedName(Date.now(), 32), 32);
    const times = { openedAt: at, seenAt: at, expiresAt: at + 60_000 };
    const { outcome } = await store.finish(
      id,
      {
        at,
        from: ['active'],
        perLogin: 3,
        perDevice: 5,
        session: { tokenHash, user, kind: 'full', serial, ...times },
      },
      () => [{ at, event: 'login-finished', user }],
    );
    if (outcome !== 'finished') throw new Error(`The answer was refused: ${outcome}`);
    process.stdout.write(`right ${id} ${tokenHash}\n`);
  }
}

async function answerWrong(user: string): Promise<void> {
  const { id, serial } = await begin(user);
  for (;;) {
    const wrong = await store.countWrong(id, { perLogin: 1e9, perDevice: 1e9 }, () => []);
    if (wrong.outcome !== 'counted') throw new Error(`The answer was refused: ${wrong.outcome}`);
    process.stdout.write(`wrong ${serial} ${wrong.wrongInARow}\n`);
  }
}
