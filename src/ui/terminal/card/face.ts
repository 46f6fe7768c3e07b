// The card's buttons as they stand and as they are printed, in two rows beside the round "press".
import type { Key } from '../../../firmware/keypad.ts';

/** A button and what is printed on it. */
export type PrintedKey = readonly [key: Key, label: string];

/** The rows, from left to right. */
export const FACE: readonly (readonly PrintedKey[])[] = [
  [
    ['1', '1'],
    ['2', '2'],
    ['3', '3'],
    ['4', '4'],
    ['5', '5'],
    ['back', '◄'],
  ],
  [
    ['6', '6'],
    ['7', '7'],
    ['8', '8'],
    ['9', '9'],
    ['0', '0'],
    ['ok', 'OK'],
  ],
];
