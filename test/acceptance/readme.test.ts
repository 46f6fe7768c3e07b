// The README's example is run as it stands there, against the built library.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const project = join(import.meta.dirname, '../..');
const readme = readFileSync(join(project, 'README.md'), 'utf8');

test('the example of the library runs', () => {
  const [, example = ''] = /```ts\n(.*?)```/s.exec(readme) ?? [];
  expect(example).toContain("from 'dsc-plus'");

  // Inside the package, so that its own name leads to what it exports.
  const file = join(project, 'dist', 'readme-example.ts');
  writeFileSync(file, example);
  try {
    const { status, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  } finally {
    rmSync(file);
  }
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
