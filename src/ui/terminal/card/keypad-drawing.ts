// The card's buttons, drawn: the round "press" at the left, two rows of keys beside it.
import type { Key } from '../../../firmware/keypad.ts';
import type { Area } from '../targets.ts';
import { FACE, type PrintedKey } from './face.ts';

/** How the parts of a button are coloured. */
export interface KeyPaint {
  readonly edge: (text: string) => string;
  readonly label: (text: string) => string;
  /** The same of a button that is down. */
  readonly heldEdge: (text: string) => string;
  readonly heldLabel: (text: string) => string;
}

/** Size of the round button, and of a digit's; the last key of a row is a column wider. All in cells. */
const ROUND = { columns: 12, rows: 6 } as const;
const CAP = { columns: 5, rows: 3 } as const;
const GAP = 1;

/** Parts the hold is shown in: as many as fit the round button. */
const PARTS = 8;

/** Columns of the keypad. */
export const KEYPAD_COLUMNS = ROUND.columns + (FACE[0]?.length ?? 0) * (GAP + CAP.columns) + 1;

/** The cells of every button, from the keypad's upper left corner. */
export const KEY_AREAS: ReadonlyMap<Key, Area> = new Map<Key, Area>([
  ['press', { x: 0, y: 0, width: ROUND.columns, height: ROUND.rows }],
  ...FACE.flatMap((keys, row) =>
    keys.map(
      ([key], place) =>
        [
          key,
          {
            x: ROUND.columns + GAP + place * (CAP.columns + GAP),
            y: row * CAP.rows,
            width: widthOf(keys, place),
            height: CAP.rows,
          },
        ] as const,
    ),
  ),
]);

/**
 * The keypad as six lines of {@link KEYPAD_COLUMNS} cells.
 *
 * @param down - the button that is down.
 * @param held - for `press`: how much of its hold is over, from 0 to 1.
 */
export function drawKeypad(down: Key | undefined, held: number, paint: KeyPaint): string[] {
  const round = drawRound(down === 'press', held, paint);
  const rows = FACE.flatMap((keys) => drawRow(keys, down, paint));
  return round.map((line, index) => `${line}${' '.repeat(GAP)}${rows[index] ?? ''}`);
}

/** How much of a hold is over, as a bar of eight cells. */
export function progressBar(held: number): string {
  const done = Math.min(PARTS, Math.floor(held * PARTS));
  return '▰'.repeat(done) + '▱'.repeat(PARTS - done);
}

function drawRound(isDown: boolean, held: number, paint: KeyPaint): string[] {
  const edge = isDown ? paint.heldEdge : paint.edge;
  const label = isDown ? paint.heldLabel : paint.label;
  return [
    edge('  ╭──────╮  '),
    edge('╭─╯      ╰─╮'),
    `${edge('│ ')}${label(' press  ')}${edge(' │')}`,
    edge(`│ ${isDown ? progressBar(held) : ' '.repeat(PARTS)} │`),
    edge('╰─╮      ╭─╯'),
    edge('  ╰──────╯  '),
  ];
}

function drawRow(keys: readonly PrintedKey[], down: Key | undefined, paint: KeyPaint): string[] {
  const caps = keys.map(([key, label], place) => drawCap(label, widthOf(keys, place), key === down, paint));
  return Array.from({ length: CAP.rows }, (_, line) =>
    caps.map((cap) => cap[line] ?? '').join(' '.repeat(GAP)),
  );
}

/** A key that is down has a bold edge too, since not every terminal shows colours. */
function drawCap(label: string, width: number, isDown: boolean, paint: KeyPaint): string[] {
  const inside = width - 2;
  const face = label.padStart(Math.floor((inside + label.length) / 2)).padEnd(inside);
  if (isDown) {
    const line = '━'.repeat(inside);
    return [
      paint.heldEdge(`┏${line}┓`),
      `${paint.heldEdge('┃')}${paint.heldLabel(face)}${paint.heldEdge('┃')}`,
      paint.heldEdge(`┗${line}┛`),
    ];
  }
  const line = '─'.repeat(inside);
  return [
    paint.edge(`╭${line}╮`),
    `${paint.edge('│')}${paint.label(face)}${paint.edge('│')}`,
    paint.edge(`╰${line}╯`),
  ];
}

function widthOf(keys: readonly PrintedKey[], place: number): number {
  return CAP.columns + (place === keys.length - 1 ? 1 : 0);
}
