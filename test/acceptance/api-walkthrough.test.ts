// docs/api.md: its commands are run as they stand there, and what it says of replies is compared with what comes.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { DSC, environment, temporaryFolder } from './command-run.ts';
import { runningHost } from './running-host.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/api.md'), 'utf8');
/** A block of commands, and the reply that the page shows after it. */
const steps = [...page.matchAll(/```sh\n(.*?)```(?:\n\n```json\n(.*?)```)?/gs)].map(
  ([, commands = '', reply]) => ({ commands, reply: reply === undefined ? undefined : JSON.parse(reply) }),
);

/** Between the outputs of two steps. */
const MARK = '=== next step ===';
/** Replies that are the same each time, down to their text. */
const isProblem = (reply: object): boolean => 'code' in reply;

test('the walk-through runs, and the replies are those shown', async () => {
  const home = temporaryFolder();
  const bin = join(home, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'dsc'), `#!/bin/sh\nexec "${process.execPath}" "${DSC}" "$@"\n`, { mode: 0o755 });
  const { PATH = '', ...around } = environment(home);
  const env = {
    ...around,
    PATH: [bin, dirname(process.execPath), PATH].join(delimiter),
    HOST: await runningHost(home),
  };
  const script = steps.map(({ commands }) => `${commands}\necho '${MARK}'\n`).join('');
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-euo', 'pipefail', '-c', script], {
    env,
    encoding: 'utf8',
    timeout: 50_000,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });

  const outputs = stdout.split(`${MARK}\n`);
  const replies = steps.map(({ reply }, index) => reply && JSON.parse(outputs[index] ?? ''));
  expect(replies.filter(Boolean).length).toBeGreaterThan(5);
  for (const [index, { reply: shown }] of steps.entries()) {
    if (!shown) continue;
    expect(Object.keys(replies[index])).toEqual(Object.keys(shown));
    if (isProblem(shown)) expect(replies[index]).toEqual(shown);
    else expect(replies[index].step).toBe(shown.step);
  }
});
