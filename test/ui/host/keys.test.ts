import { chmodSync, existsSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { openKeyFile } from '../../../src/ui/host/key-file.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { withCards } from '../run-command.ts';

// Real passwords are hashed, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

const ENV = { DSC_PASSWORD: 'correct horse', DSC_PIN: '4821' };

/** A host with a user and a device. */
async function withDevice() {
  const { home, dsc } = withCards();
  await dsc(['card', 'new', 'work', '--serial', 'W-1']);
  expect((await dsc(['host', 'user', 'add', 'ann'], { env: ENV })).stderr).toBe('');
  expect((await dsc(['host', 'device', 'enrol', 'ann', '--card', 'work'], { env: ENV })).stderr).toBe('');
  return { home, dsc, ring: join(home, 'host-keys.json') };
}

const ringIn = (path: string): { active: string; keys: Record<string, string> } =>
  JSON.parse(readFileSync(path, 'utf8'));

describe('dsc host key new', () => {
  test('adds a key that seals from then on, and keeps those before it', async () => {
    const { dsc, ring } = await withDevice();
    const before = ringIn(ring);
    const { status, stdout } = await dsc(['host', 'key', 'new']);
    const after = ringIn(ring);
    expect(status).toBe(0);
    expect(stdout).toBe(`master key ${after.active} seals from now on; it is in ${ring}\n`);
    expect(after.active).not.toBe(before.active);
    expect(after.keys).toEqual({ ...before.keys, [after.active]: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(statSync(ring).mode & 0o777).toBe(0o600);
    expect(stdout).not.toContain(after.keys[after.active]);
  });

  test('loses none of several that are added at once', async () => {
    const { dsc, ring } = await withDevice();
    const added = await Promise.all(Array.from({ length: 5 }, () => dsc(['host', 'key', 'new'])));
    expect(added.map(({ status }) => status)).toEqual([0, 0, 0, 0, 0]);
    expect(Object.keys(ringIn(ring).keys)).toHaveLength(6);
  });

  test('makes a ring where there is none, and leaves a link to one a link', async () => {
    const { home, dsc } = withCards();
    const ring = join(home, 'ring.json');
    expect((await dsc(['host', 'key', 'new', '--keys', ring])).status).toBe(0);
    const link = join(home, 'link.json');
    symlinkSync(ring, link);
    expect((await dsc(['host', 'key', 'new', '--keys', link])).status).toBe(0);
    expect(Object.keys(ringIn(ring).keys)).toHaveLength(2);
  });

  test('cannot change a ring that comes from the environment', async () => {
    const { dsc, ring } = await withDevice();
    const text = readFileSync(ring, 'utf8');
    const { status, stderr } = await dsc(['host', 'key', 'new'], { env: { DSC_HOST_KEYS: text } });
    expect(status).toBe(2);
    expect(stderr).toContain('DSC_HOST_KEYS');
    expect(readFileSync(ring, 'utf8')).toBe(text);
  });
});

describe('dsc host key new --standby', () => {
  test('adds a key that seals nothing until it is used', async () => {
    const { dsc, ring } = await withDevice();
    const before = ringIn(ring);
    const { status, stdout } = await dsc(['host', 'key', 'new', '--standby']);
    const after = ringIn(ring);
    const id = Object.keys(after.keys).find((each) => !Object.hasOwn(before.keys, each)) ?? '';
    expect(status).toBe(0);
    expect(stdout).toBe(`master key ${id} opens, and does not seal yet; it is in ${ring}\n`);
    expect(after).toEqual({ ...before, keys: { ...before.keys, [id]: expect.any(String) } });
    expect((await dsc(['host', 'rekey'])).stdout).toMatch(/^0 secrets/);

    expect((await dsc(['host', 'key', 'use', id])).stdout).toBe(
      `master key ${id} seals from now on; it is in ${ring}\n`,
    );
    expect(ringIn(ring)).toEqual({ ...after, active: id });
    expect(statSync(ring).mode & 0o777).toBe(0o600);
    expect((await dsc(['host', 'rekey'])).stdout).toBe(`1 secret was sealed anew, under master key ${id}\n`);
  });

  test('makes no ring: the first key of one is no standby', async () => {
    const { home, dsc } = withCards();
    const { status, stderr } = await dsc(['host', 'key', 'new', '--standby']);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: the key ring .* is missing; put back/);
    expect(existsSync(join(home, 'host-keys.json'))).toBe(false);
  });
});

describe('dsc host key use', () => {
  test('can be gone back on, and said twice', async () => {
    const { dsc, ring } = await withDevice();
    const { active } = ringIn(ring);
    await dsc(['host', 'key', 'new']);
    const { keys } = ringIn(ring);
    for (const time of ['once', 'twice']) {
      const { status } = await dsc(['host', 'key', 'use', active]);
      expect({ time, status, ...ringIn(ring) }).toEqual({ time, status: 0, active, keys });
    }
  });

  test.each([
    ['a key that is not in the ring', 'ffffffff'],
    ['what every object has', 'constructor'],
    ['a key by mistake for its id', 'a'.repeat(64)],
  ])('refuses %s, and leaves the ring as it was', async (_, id) => {
    const { dsc, ring } = await withDevice();
    const text = readFileSync(ring, 'utf8');
    const { status, stdout, stderr } = await dsc(['host', 'key', 'use', id]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^error: the key ring .* has no master key of this id; [^\n]+\n$/);
    expect(stderr).not.toContain(id);
    expect(readFileSync(ring, 'utf8')).toBe(text);
  });

  test('cannot change a ring that comes from the environment, or is not there', async () => {
    const { home, dsc, ring } = await withDevice();
    const text = readFileSync(ring, 'utf8');
    const { active } = ringIn(ring);
    const env = { DSC_HOST_KEYS: text };
    expect((await dsc(['host', 'key', 'use', active], { env })).status).toBe(2);
    const { stderr } = await dsc(['host', 'key', 'use', active, '--keys', join(home, 'none.json')]);
    expect(stderr).toMatch(/none\.json is missing/);
  });
});

describe('dsc host key list', () => {
  test('shows the ids and which of them seals, and no key', async () => {
    const { dsc, ring } = await withDevice();
    await dsc(['host', 'key', 'new', '--standby']);
    const { active, keys } = ringIn(ring);
    const other = Object.keys(keys).find((id) => id !== active) ?? '';
    const { status, stdout } = await dsc(['host', 'key', 'list']);
    expect(status).toBe(0);
    expect(stdout.split('\n').toSorted()).toEqual(['', `${active}  active`, other].toSorted());
    await dsc(['host', 'key', 'use', other]);
    const shown = JSON.parse((await dsc(['host', 'key', 'list', '--json'])).stdout);
    expect(shown).toHaveLength(2);
    expect(shown).toContainEqual({ id: active, active: false });
    expect(shown).toContainEqual({ id: other, active: true });
  });

  test('shows the ring of the environment, unless a file is named', async () => {
    const { dsc, ring } = await withDevice();
    const env = { DSC_HOST_KEYS: JSON.stringify({ active: 'k9', keys: { k9: 'b'.repeat(64) } }) };
    expect((await dsc(['host', 'key', 'list'], { env })).stdout).toBe('k9  active\n');
    expect((await dsc(['host', 'key', 'list', '--keys', ring], { env })).stdout).toBe(
      `${ringIn(ring).active}  active\n`,
    );
  });

  test('has nothing to show where there is no ring', async () => {
    const { dsc } = withCards();
    const { status, stderr } = await dsc(['host', 'key', 'list']);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: the key ring .* is missing/);
  });
});

describe('dsc host rekey', () => {
  test('seals all anew, once', async () => {
    const { dsc, ring } = await withDevice();
    await dsc(['host', 'key', 'new']);
    const { active } = ringIn(ring);
    expect((await dsc(['host', 'rekey'])).stdout).toBe(
      `1 secret was sealed anew, under master key ${active}\n`,
    );
    expect((await dsc(['host', 'rekey'])).stdout).toBe(
      `0 secrets were sealed anew, under master key ${active}\n`,
    );
    expect((await dsc(['host', 'audit'])).stdout).toContain(`secrets-resealed`);
    // The old key is needed for the trail alone.
    expect((await dsc(['host', 'audit', 'verify'])).status).toBe(0);
  });
});

describe('a key ring', () => {
  test.each([
    ['is missing', (ring: string) => rmSync(ring), /^error: the key ring .* is missing; put back/],
    ['may be read by others', (ring: string) => chmodSync(ring, 0o640), /other users may open .*chmod 600/],
    ['is damaged', (ring: string) => writeFileSync(ring, '{'), /key ring: it is not JSON/],
    [
      'is another host’s',
      (ring: string) => writeFileSync(ring, JSON.stringify({ active: 'z', keys: { z: 'a'.repeat(64) } })),
      /needs master key [0-9a-f]{8}, which is not in the key ring/,
    ],
    [
      'has another key of the same name',
      (ring: string) => {
        const { active } = ringIn(ring);
        writeFileSync(ring, JSON.stringify({ active, keys: { [active]: 'a'.repeat(64) } }));
      },
      /master key [0-9a-f]{8} .* does not open what it sealed/,
    ],
  ])('that %s lets nothing be done, and is not made anew', async (_, spoil, message) => {
    const { dsc, ring } = await withDevice();
    spoil(ring);
    const before = existsSync(ring) ? readFileSync(ring, 'utf8') : undefined;
    for (const args of [['serve', '--port', '0'], ['user', 'add', 'bob'], ['device', 'list'], ['rekey']]) {
      const { status, stdout, stderr } = await dsc(['host', ...args], { env: ENV });
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toMatch(message);
      expect(stderr.split('\n')).toHaveLength(2);
      expect(stderr).not.toContain('aaaa');
    }
    expect(existsSync(ring) ? readFileSync(ring, 'utf8') : undefined).toBe(before);
  });

  test('may come from the environment, and then no file is read or made', async () => {
    const { dsc, ring } = await withDevice();
    const text = readFileSync(ring, 'utf8');
    rmSync(ring);
    expect(await dsc(['host', 'device', 'list'], { env: { DSC_HOST_KEYS: text } })).toMatchObject({
      status: 0,
    });
    expect(existsSync(ring)).toBe(false);
    const bad = await dsc(['host', 'device', 'list'], { env: { DSC_HOST_KEYS: text.slice(1) } });
    expect(bad.stderr).toMatch(/^error: DSC_HOST_KEYS: key ring: it is not JSON/);
  });

  test('is read again when it is asked to be', async () => {
    const { dsc, ring } = await withDevice();
    const source = await openKeyFile(ring);
    const first = source?.ring().active.id;
    await dsc(['host', 'key', 'new']);
    expect(source?.ring().active.id).toBe(first);
    await source?.reload();
    expect(source?.ring().active.id).toBe(ringIn(ring).active);
  });

  test('that changes for the worse leaves the ring as it was', async () => {
    const { ring } = await withDevice();
    const source = await openKeyFile(ring);
    const first = source?.ring();
    writeFileSync(ring, 'no ring');
    await expect(source?.reload()).rejects.toMatchObject({ code: 'bad-host-keys' });
    rmSync(ring);
    await expect(source?.reload()).rejects.toMatchObject({ code: 'missing-host-keys' });
    await setImmediate();
    expect(source?.ring()).toBe(first);
  });

  test('is nothing where there is no file', async () => {
    expect(await openKeyFile(join(temporaryFolder(), 'none.json'))).toBeUndefined();
  });
});
