// The build: whoever runs `dsc` meanwhile, as npx does that builds at its first call, has one that works.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dsc, DSC, environment, start, temporaryFolder } from './command-run.ts';

const project = join(import.meta.dirname, '../..');

/** Runs a program of the build to its end. */
async function build(...args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [join(project, 'build/build.ts'), ...args], { stdio: 'ignore' });
  expect(await once(child, 'close')).toEqual([0, null]);
}

test('leaves no moment without a command that works, and a host that runs finds all it loads later', async () => {
  const home = temporaryFolder();
  const { child, ended } = start(['host', 'serve', '--port', '0'], { env: environment(home) });
  const [address] = (await once(child.stdout ?? child, 'data')) as [string];
  const done = new AbortController();
  const built = build().finally(() => done.abort());
  let runs = 0;
  while (!done.signal.aborted) {
    expect(dsc(['--version'], { home })).toMatchObject({ status: 0, stderr: '' });
    runs += 1;
    // The build's end is heard of here.
    await new Promise((resolve) => setImmediate(resolve));
  }
  await built;
  expect(runs).toBeGreaterThan(5);
  expect((await fetch(new URL('/v1/openapi.json', address.trim()))).status).toBe(200);
  child.kill('SIGTERM');
  expect(await ended).toMatchObject({ status: 0 });
});

test('is not done again when nothing has changed', async () => {
  const { ino, mtimeMs } = statSync(DSC);
  await build('--if-changed');
  expect(statSync(DSC)).toMatchObject({ ino, mtimeMs });
});

test('leaves nothing that is of no build', async () => {
  const stray = join(project, 'dist', 'stray-Ab12Cd34.js');
  writeFileSync(stray, '');
  await build('--alone');
  const memory: unknown = JSON.parse(readFileSync(join(project, 'dist', '.build.json'), 'utf8'));
  expect(memory).toMatchObject({ before: [] });
  expect(readdirSync(join(project, 'dist'))).not.toContain('stray-Ab12Cd34.js');
});
