// Passwords at rest, by the real scrypt.
import { scrypt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { expect, test, vi } from 'vitest';
import { createHost, scryptHasher } from '../../src/host/index.ts';
import { VirtualClock } from '../../src/ui/script/virtual-clock.ts';
import { keyOf } from './setting.ts';

vi.mock('node:crypto', { spy: true });

/** As good as the real cost for all but attackers. */
const LOG2_N = 4;

test('a record written by another implementation is read: the example of the passlib handbook', async () => {
  const record = '$scrypt$ln=16,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E';
  const hasher = scryptHasher();
  expect(await hasher.verify('password', record)).toBe(true);
  expect(await hasher.verify('passwore', record)).toBe(false);
});

test('by default a password costs what OWASP asks for, and so does a decoy', async () => {
  const record = /^\$scrypt\$ln=17,r=8,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/;
  const hasher = scryptHasher();
  expect(await hasher.hash('open sesame')).toMatch(record);
  expect(hasher.decoy).toMatch(record);
});

test('a password is accepted for its own record, no other one is', async () => {
  const hasher = scryptHasher(LOG2_N);
  const record = await hasher.hash('open sesame');
  expect(await hasher.verify('open sesame', record)).toBe(true);
  for (const other of ['', 'open sesam', 'open sesame ', 'Open sesame', record]) {
    expect(await hasher.verify(other, record)).toBe(false);
  }
});

test('two records of one password differ', async () => {
  const hasher = scryptHasher(LOG2_N);
  expect(await hasher.hash('open sesame')).not.toBe(await hasher.hash('open sesame'));
});

test('a record keeps its cost when the host’s has changed', async () => {
  const record = await scryptHasher(3).hash('open sesame');
  expect(await scryptHasher(LOG2_N).verify('open sesame', record)).toBe(true);
});

test('one password is the same however it was typed', async () => {
  const hasher = scryptHasher(LOG2_N);
  const record = await hasher.hash('caf\u00e9 \u212b 12');
  expect(await hasher.verify('cafe\u0301 A\u030a \uff11\uff12', record)).toBe(true);
});

test('two hosts have different decoys', () => {
  expect(scryptHasher(LOG2_N).decoy).not.toBe(scryptHasher(LOG2_N).decoy);
});

test.each([
  '',
  'open sesame',
  '$scrypt$ln=4,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$',
  '$scrypt$ln=4,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$AAAA',
  '$argon2id$ln=4,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E',
  '$scrypt$ln=4,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E\n',
  '$scrypt$ln=0,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E',
  '$scrypt$ln=21,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E',
  '$scrypt$ln=99,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E',
  '$scrypt$ln=4,r=99,p=99$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E',
])('a damaged record matches nothing and costs what a decoy costs: %j', async (record) => {
  const hasher = scryptHasher(LOG2_N);
  const work = vi.mocked(scrypt).mock.calls;
  work.length = 0;
  for (const each of [hasher.decoy, record]) expect(await hasher.verify('open sesame', each)).toBe(false);
  expect(work).toHaveLength(2);
  expect(work[1]?.slice(0, 4)).toEqual(work[0]?.slice(0, 4));
});

test.each([0, 21, 1.5, Number.NaN])(
  'passwords cannot be hashed at cost %d, which no record is read with',
  (cost) => {
    expect(() => scryptHasher(cost)).toThrow(RangeError);
  },
);

test('while a password is hashed, the event loop goes on', async () => {
  const clock = new VirtualClock();
  const host = createHost({ clock, hasher: scryptHasher(14) });
  await host.addUser({ name: 'ann', password: 'open sesame' });
  await host.enrol({ user: 'ann', serial: 'DSC-A', key: keyOf('DSC-A'), pin: '1234' });

  let ticks = 0;
  let ticking = setImmediate(function tick() {
    ticks++;
    ticking = setImmediate(tick);
  });
  await host.begin({ name: 'ann', password: 'open sesame' });
  clearImmediate(ticking);
  expect(ticks).toBeGreaterThan(10);
});

test('however many passwords come at once, a thread and a core stay free of them', async () => {
  const hasher = scryptHasher(LOG2_N);
  const started = vi.mocked(scrypt);
  started.mockClear();
  const hashes = Array.from({ length: 50 }, () => hasher.hash('open sesame'));
  expect(started.mock.calls.length).toBe(Math.max(1, Math.min(availableParallelism(), 4) - 1));
  await Promise.all(hashes);
  expect(started.mock.calls.length).toBe(50);
});
