// The architecture's rules are kept by the linter; here the linter is shown to keep them.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const project = join(import.meta.dirname, '..');
let house: string;

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'architecture-'));
  cpSync(join(project, '.oxlintrc.json'), join(house, '.oxlintrc.json'));
});

afterAll(() => rmSync(house, { recursive: true }));

function lint(files: Record<string, string>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    writeFileSync(join(house, path), text);
  }
  const oxlint = join(project, 'node_modules', 'oxlint', 'bin', 'oxlint');
  const { stdout, stderr, error } = spawnSync(process.execPath, [oxlint, '--format=unix', 'src'], {
    cwd: house,
    encoding: 'utf8',
  });
  rmSync(join(house, 'src'), { recursive: true });
  if (error) throw error;
  return stdout + stderr;
}

const FINE = 'export const fine = 1;\n';

test.each([
  ['firmware', `import 'node:fs';`],
  ['firmware', `import 'fs';`],
  ['firmware', `import 'react';`],
  ['firmware', `import '../host/index.ts';`],
  ['firmware', `import '../ui/cli.ts';`],
  ['firmware', `export const now = Date.now();`],
  ['firmware', `export const now = performance.now();`],
  ['firmware', `export const luck = Math.random();`],
  ['firmware', `export const now = globalThis.Date.now();`],
  ['firmware', `export const now = new Intl.DateTimeFormat().format();`],
  ['firmware', `setTimeout(() => {}, 1);`],
  ['firmware', `setInterval(() => {}, 1);`],
  ['firmware', `process.exit(1);`],
  ['host', `import '../ui/cli.ts';`],
  ['host', `import '../firmware/card.ts';`],
  ['host', `import '../firmware/ocra/suite.ts';`],
])('in src/%s, %s is refused', (layer, line) => {
  expect(lint({ [`src/${layer}/planted.ts`]: `${line}\n${FINE}` })).toMatch(/restricted/);
});

test.each([
  ['firmware', `import { setup } from 'xstate';\nexport const made = setup({});\n`],
  ['firmware', `import { hmac } from '@noble/hashes/hmac.js';\nexport const mac = hmac;\n`],
  ['firmware', `import { suite } from './ocra/suite.ts';\nexport const read = suite;\n`],
  ['host', `import { ocra } from '../firmware/ocra/index.ts';\nexport const host = ocra;\n`],
  ['host', `import { scrypt } from 'node:crypto';\nexport const hash = scrypt;\n`],
  ['ui', `import { card } from '../firmware/card.ts';\nexport const shown = card;\n`],
])('in src/%s, %s is allowed', (layer, text) => {
  expect(lint({ [`src/${layer}/planted.ts`]: text })).not.toMatch(/restricted/);
});

test('an import cycle is refused', () => {
  const a = `import { b } from './b.ts';\nexport const a = (): number => b();\n`;
  const b = `import { a } from './a.ts';\nexport const b = (): number => a();\n`;
  expect(lint({ 'src/ui/a.ts': a, 'src/ui/b.ts': b })).toMatch(/no-cycle/);
});
