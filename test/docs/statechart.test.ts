// docs/statechart.md says what the statechart does today.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { statechartDocs, STATECHART_FILE } from '../../build/statechart-docs.ts';
import { PROFILES } from '../../src/firmware/profiles.ts';

const page = readFileSync(STATECHART_FILE, 'utf8');

test('the page is what the statechart gives', async () => {
  expect(page, 'docs/statechart.md is stale; run "npm run docs"').toBe(await statechartDocs());
});

const diagrams = [...page.matchAll(/```mermaid\n(.*?)```/gs)].map(([, text = '']) =>
  text.trimEnd().split('\n'),
);

test('each device has a diagram', () => {
  expect(diagrams).toHaveLength(PROFILES.length);
});

test('every line of a diagram is one that Mermaid reads', () => {
  // A label ends at a colon or a semicolon; `#62;` is a character by its number.
  const label = String.raw`(?:[^:;#<>"*]|#\d+;)+`;
  const lines = new RegExp(
    String.raw`^(?:stateDiagram-v2|direction TB|state \w+ \{|\}|(?:\[\*\]|\w+) --> \w+(?: : ${label})?|\w+ : ${label})$`,
  );
  for (const line of diagrams.flat()) expect(line.trim()).toMatch(lines);
  for (const diagram of diagrams) {
    const count = (end: string): number => diagram.filter((line) => line.endsWith(end)).length;
    expect(count('{')).toBe(count('}'));
  }
});

test('every state of a diagram can be reached and left', () => {
  for (const diagram of diagrams) {
    const arrows = diagram.flatMap((line) => {
      const [, from, to] = /^\s*(\S+) --> (\w+)/.exec(line) ?? [];
      return from === undefined || from === to ? [] : [{ from, to }];
    });
    const states = diagram.flatMap((line) => /^\s*(\w+) : /.exec(line)?.[1] ?? []);
    expect(states).toContain('response');
    for (const state of states) {
      expect(arrows.some(({ to }) => to === state)).toBe(true);
      expect(arrows.some(({ from }) => from === state)).toBe(true);
    }
  }
});
