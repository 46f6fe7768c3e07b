import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';
import { cardPinHash } from '../../../src/host/factors/digital-security-card.ts';
import { sealSecret } from '../../../src/host/factors/secret.ts';
import type { Answer } from '../../../src/host/index.ts';
import { newMasterKey, parseKeyRing, printKeyRing } from '../../../src/host/sealing/key-ring.ts';
import { createVault } from '../../../src/host/sealing/vault.ts';
import { openSqlStore } from '../../../src/host/store/open-store.ts';
import { createResponder, parseSuite } from '../../../src/firmware/ocra/index.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { freshDatabase } from '../postgres.ts';
import type { Task } from './answering-host.ts';
import { device, login, SILENT, UNLIMITED, user } from './stores.ts';

const SUITE = 'OCRA-1:HOTP-SHA1-8:QN06-PSHA1';

/** So many at one moment. */
const WAVE = 250;

const byLogin = (one: Answer, other: Answer): number => (one.login < other.login ? -1 : 1);

/** A host in a process of its own that waits to give its answers. */
async function answeringHost(task: Task): Promise<() => Promise<readonly string[]>> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'answering-host.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  child.stdin.write(`${JSON.stringify(task)}\n`);
  expect((await lines.next()).value).toBe('ready');
  return async () => {
    child.stdin.write('go\n');
    return JSON.parse((await lines.next()).value ?? '');
  };
}

describe.each([
  ['PostgreSQL', 2000, freshDatabase],
  ['a SQLite file', 500, async () => join(temporaryFolder(), 'host.db')],
] as const)('two host processes on %s', (_, count, make) => {
  test(
    `${count} challenges answered on both at the same moment: one success each`,
    { timeout: 120_000 },
    async () => {
      const database = await make();
      const keyRing = printKeyRing('k1', [newMasterKey('k1')]);
      const ring = parseKeyRing(keyRing);
      const vault = createVault({ ring: () => ring, reload: () => Promise.resolve() });
      const store = await openSqlStore({ database, vault, migrate: true });
      onTestFinished(() => store.close());
      const answers = await Promise.all(
        Array.from({ length: count }, async (__, index) => {
          const owner = { user: `user-${index}`, serial: `DSC-${index}` };
          const key = Uint8Array.from(Buffer.from(owner.serial.padEnd(20, '.')));
          const sealed = sealSecret(vault, { key, pinHash: cardPinHash(SUITE, '1234') }, owner);
          await store.addUser(user(owner.user), SILENT);
          await store.addDevice(device(owner.serial), { user: owner.user, sealed }, SILENT);
          const begun = login(owner.user, owner.serial, {
            issuedAt: Date.now(),
            expiresAt: Date.now() + 600_000,
          });
          await store.openLogin(begun, UNLIMITED, SILENT);
          const question = begun.challenge ?? '';
          const response = createResponder(parseSuite(SUITE), key)({ question, pin: '1234' });
          return { login: begun.id, response };
        }),
      );
      const waves = Array.from({ length: count / WAVE }, (__, wave) =>
        answers.slice(wave * WAVE, (wave + 1) * WAVE),
      );
      // Each in another order: else the first to come would be ahead of the other all the way.
      const others = waves.map((wave) => wave.toSorted(byLogin));
      const [one, other] = await Promise.all([
        answeringHost({ database, keyRing, waves }),
        answeringHost({ database, keyRing, waves: others }),
      ]);
      const winners = new Set<number>();
      for (const [number, wave] of waves.entries()) {
        // By turns, who is told first: that one may be ahead with all of them.
        const early = number % 2 ? other() : undefined;
        const [ofOne, ofOther] = await Promise.all([one(), early ?? other()]);
        for (const answer of wave) {
          const both = [ofOne[wave.indexOf(answer)], ofOther[others[number]!.indexOf(answer)]];
          expect(both).toContain('session');
          expect(both).toContain('login-ended');
          winners.add(both.indexOf('session'));
        }
      }
      // Neither host was always late: else nothing was shown.
      expect(winners.size).toBe(2);
      for (let index = 0; index < count; index += 97) {
        expect(await store.sessions(`user-${index}`)).toHaveLength(1);
        const trail = await store.trail({ user: `user-${index}`, limit: 99 });
        expect(trail.filter(({ event }) => event === 'login-finished')).toHaveLength(1);
      }
    },
  );
});
