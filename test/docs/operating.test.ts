// docs/operating.md: whether its messages are still said, its metrics measured and its commands there.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createMetrics } from '../../src/host/http/metrics.ts';
import { completePolicy } from '../../src/host/policy.ts';

const project = join(import.meta.dirname, '../..');
const page = readFileSync(join(project, 'docs/operating.md'), 'utf8');
const sources = globSync('src/**/*.ts', { cwd: project }).map((file) =>
  readFileSync(join(project, file), 'utf8'),
);

test('every message of the troubleshooting is one that the program has', () => {
  const rows = [...page.slice(page.indexOf('## Troubleshooting')).matchAll(/^\| `(.+?)` +\|/gm)];
  expect(rows.length).toBeGreaterThan(20);
  // In the source a part that varies is an expression, as it is `…` here.
  const missing = rows.filter(([, message = '']) => {
    const parts = message.split('…').map((part) => part.trim().replace(/^, /, ''));
    return !sources.some((source) => parts.every((part) => source.includes(part)));
  });
  expect(missing.map(([, message]) => message)).toEqual([]);
});

test('its metrics are those that are measured', async () => {
  const { text } = await createMetrics().page();
  const measured = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
  const described = [...page.matchAll(/^\| `(dsc_host_\w+)`/gm)].map(([, name]) => name);
  expect(new Set(described)).toEqual(new Set(measured));
});

test('its limits are those of the policy', () => {
  const { wrongAnswersPerDevice, unfinishedLogins } = completePolicy();
  expect([wrongAnswersPerDevice, unfinishedLogins]).toEqual([5, { max: 10, window: 86_400_000 }]);
  expect(page).toContain('blocked after five wrong answers');
  expect(page).toContain('ten logins were begun and not finished within a day');
});
