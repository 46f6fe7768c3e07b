// What the README tells people to run is run as it stands there, with what is built.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { DSC, environment, temporaryFolder } from './command-run.ts';
import { runningHost } from './running-host.ts';

const project = join(import.meta.dirname, '../..');
const readme = readFileSync(join(project, 'README.md'), 'utf8');
const examples = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, example = '']) => example);

/** Runs an example inside the package, so that its own name leads to what it exports. */
function run(example: string, env: NodeJS.ProcessEnv = process.env) {
  const file = join(project, 'dist', 'readme-example.ts');
  writeFileSync(file, example);
  try {
    const options = { encoding: 'utf8', env, cwd: project } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, [file], options);
    return { status, stdout, stderr };
  } finally {
    rmSync(file);
  }
}

test('the example of the library runs', () => {
  const example = examples.find((text) => text.includes("from 'dsc-plus'")) ?? '';
  expect(example).not.toBe('');
  expect(run(example)).toEqual({ status: 0, stdout: '', stderr: '' });
});

test("a host of one's own: from nothing to a session by its client", async () => {
  const section = readme.slice(readme.indexOf('## A host of your own'), readme.indexOf('## The library'));
  const [, shell = ''] = /```sh\n(.*?)```/s.exec(section) ?? [];
  const commands = shell.split('\n').filter((line) => !/^(npx dsc host serve .*)?$/.test(line));
  expect(commands).toHaveLength(3);
  const home = temporaryFolder();
  // The npx of npm would build the project anew for a user who has nothing in the cache yet.
  writeFileSync(join(home, 'npx'), `#!/bin/sh\nshift\nexec "${process.execPath}" "${DSC}" "$@"\n`, {
    mode: 0o755,
  });
  const env = {
    ...environment(home),
    PATH: `${home}:${process.env['PATH']}`,
    DSC_PASSWORD: 'correct horse battery',
    ANNS_PASSWORD: 'correct horse battery',
    DSC_PIN: '4821',
  };
  const made = spawnSync('bash', ['-euc', commands.join('\n')], { encoding: 'utf8', env });
  expect(made.stdout).toMatch(/^administrator ann is added\n[^]* is enrolled for ann, and active\n$/);

  const example = examples.find((text) => text.includes("from 'dsc-plus/host-client'")) ?? '';
  expect(example.split("'http://127.0.0.1:8080'")).toHaveLength(2);
  const address = await runningHost(home);
  expect(run(example.replace('http://127.0.0.1:8080', address), env)).toMatchObject({
    status: 0,
    stdout: 'ann\n',
  });
});

test('links lead to files that are there', () => {
  const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...globSync('docs/*.md', { cwd: project })];
  const dead = pages.flatMap((page) => {
    const text = readFileSync(join(project, page), 'utf8');
    const targets = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target = '']) => target);
    return targets.filter((target) => !existsSync(join(project, dirname(page), target)));
  });
  expect(dead).toEqual([]);
});
