// Mouse reports in SGR form: CSI < button ; column ; row M, or m on release (xterm's "ctlseqs", mode 1006).
import type { Token } from './escape-sequences.ts';

/** The mouse button pressed or let go somewhere. */
export interface MouseReport {
  readonly kind: 'mouse';
  readonly action: 'press' | 'release';
  readonly button: 'left' | 'middle' | 'right' | 'other';
  /** Cells from the left and from the top, from 0. */
  readonly column: number;
  readonly row: number;
}

const BUTTONS = ['left', 'middle', 'right'] as const;

/** Bits of the first number: movement, and the wheel and further buttons; shift, alt and ctrl are passed over. */
const MOTION = 32;
const EXTRA = 64 | 128;

/** Reads a token as a mouse report; undefined if it is something else, or movement. */
export function mouseReport(token: Token): MouseReport | undefined {
  if (token.kind !== 'csi' || (token.final !== 'M' && token.final !== 'm')) return undefined;
  const numbers = /^<(\d+);(\d+);(\d+)$/.exec(token.parameters)?.slice(1).map(Number);
  if (!numbers) return undefined;
  const [button = 0, column = 1, row = 1] = numbers;
  if (button & MOTION) return undefined;
  return {
    kind: 'mouse',
    action: token.final === 'M' ? 'press' : 'release',
    button: (button & EXTRA ? undefined : BUTTONS[button & 3]) ?? 'other',
    column: column - 1,
    row: row - 1,
  };
}
