// A card in words, or as JSON.
import { cardPath } from './card-folder.ts';
import type { CardName } from './card-name.ts';
import type { CardRecord } from './card-record.ts';
import { printKey } from './key-text.ts';

/** What a card file says, without the key unless that was asked for. */
export function describeCard(
  home: string,
  name: CardName,
  { serial, suite, key }: CardRecord,
  options: { readonly json?: true; readonly showKey?: true },
): string {
  const file = cardPath(home, name);
  const shownKey = options.showKey ? printKey(key) : undefined;
  if (options.json) return `${JSON.stringify({ name, serial, suite, file, ...shownKey }, undefined, 2)}\n`;
  const lines = [`name    ${name}`, `serial  ${serial}`, `suite   ${suite}`, `file    ${file}`];
  if (shownKey) lines.push(`key     ${shownKey.keyHex}`, `base32  ${shownKey.keyBase32}`);
  return lines.map((line) => `${line}\n`).join('');
}
