// Keys: from the bytes of every terminal since the VT100, and from the kitty keyboard protocol, which also tells when a
// key is let go (https://sw.kovidgoyal.net/kitty/keyboard-protocol/).
import type { Token } from './escape-sequences.ts';

/** A key by what it does; `character` is one that types something. */
type KeyName =
  | 'character'
  | 'enter'
  | 'backspace'
  | 'delete'
  | 'tab'
  | 'escape'
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'home'
  | 'end'
  | 'other';

/** A key pressed, held on or let go. */
export interface KeyStroke {
  readonly kind: 'key';
  readonly name: KeyName;
  /** What it types; empty for any key but `character`. */
  readonly text: string;
  readonly ctrl: boolean;
  /** Plain terminals report presses alone, a held key as presses again and again. */
  readonly phase: 'press' | 'repeat' | 'release';
  /** Whether it came in the form of the kitty protocol, which can tell when the key is let go. */
  readonly enhanced: boolean;
}

const CSI_FINALS: Readonly<Record<string, KeyName>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  F: 'end',
  H: 'home',
  M: 'enter',
  Z: 'tab',
};

/** CSI number ~ */
const CSI_NUMBERS: Readonly<Record<string, KeyName>> = {
  1: 'home',
  3: 'delete',
  4: 'end',
  7: 'home',
  8: 'end',
};

/** Code points of the kitty protocol that stand for a key; the keypad's lie in Unicode's private use area. */
const KITTY_KEYS: Readonly<Record<number, KeyName>> = {
  9: 'tab',
  13: 'enter',
  27: 'escape',
  127: 'backspace',
  57_414: 'enter',
  57_417: 'left',
  57_418: 'right',
  57_419: 'up',
  57_420: 'down',
  57_423: 'home',
  57_424: 'end',
  57_426: 'delete',
};
const KITTY_KEYPAD_0 = 57_399;
const PRIVATE_USE = { from: 57_344, to: 63_743 };

const PHASES = ['press', 'press', 'repeat', 'release'] as const;
const SHIFT = 1;
const CTRL = 4;
const CHORDS = 2 | CTRL | 8 | 16 | 32; // alt, ctrl, super, hyper, meta

/** Reads a token as a key; undefined if it is none, or one that means nothing here. */
export function keyStroke(token: Token): KeyStroke | undefined {
  switch (token.kind) {
    case 'character':
      return fromCharacter(token.text);
    case 'escape':
      return key('escape');
    case 'alt':
      return key('other');
    case 'ss3':
      return key(CSI_FINALS[token.final] ?? 'other');
    case 'csi':
      return token.final === 'u' ? fromKitty(token.parameters) : fromCsi(token.parameters, token.final);
    default:
      return undefined;
  }
}

function key(name: KeyName, rest: Partial<KeyStroke> = {}): KeyStroke {
  return { kind: 'key', name, text: '', ctrl: false, phase: 'press', enhanced: false, ...rest };
}

function fromCharacter(text: string): KeyStroke {
  if (text === '\r' || text === '\n') return key('enter');
  if (text === '\t') return key('tab');
  if (text === '\u{7F}' || text === '\b') return key('backspace');
  if (text < ' ') return key('other', { text: String.fromCharCode(text.charCodeAt(0) + 96), ctrl: true });
  return key('character', { text });
}

function fromCsi(parameters: string, final: string): KeyStroke | undefined {
  if (!/^[\d;:]*$/.test(parameters)) return undefined;
  const [number = '', modifiers] = parameters.split(';');
  const name = final === '~' ? CSI_NUMBERS[number] : CSI_FINALS[final];
  const { ctrl, phase } = modifiersOf(modifiers);
  return name && key(name, { ctrl, phase, enhanced: modifiers?.includes(':') ?? false });
}

/** code : shifted : base layout ; modifiers : event ; text as code points, of which all but the code may be missing. */
function fromKitty(parameters: string): KeyStroke | undefined {
  if (!/^\d[\d;:]*$/.test(parameters)) return undefined;
  const [codes = '', modifiers, associated = ''] = parameters.split(';');
  const [code = 0, shifted = 0, base = 0] = codes.split(':').map(Number);
  const { bits, ctrl, phase } = modifiersOf(modifiers);
  const name = KITTY_KEYS[code];
  const how = { ctrl, phase, enhanced: true };
  if (name) return key(name, how);
  if (bits & CHORDS) {
    // On a Cyrillic keyboard Ctrl with the key of "c" reports "с"; the base layout's letter is what is meant.
    return key('other', { ...how, text: fromCode(base || code).toLowerCase() });
  }
  const keypadDigit = code - KITTY_KEYPAD_0;
  const text =
    textOf(associated) ||
    (keypadDigit >= 0 && keypadDigit <= 9
      ? String(keypadDigit)
      : fromCode(bits & SHIFT && shifted ? shifted : code));
  return text === '' ? key('other', how) : key('character', { ...how, text });
}

function modifiersOf(field = ''): { bits: number; ctrl: boolean; phase: KeyStroke['phase'] } {
  const [modifiers = 0, event = 0] = field.split(':').map(Number);
  const bits = Math.max(0, modifiers - 1);
  return { bits, ctrl: (bits & CTRL) !== 0, phase: PHASES[event] ?? 'press' };
}

function textOf(codes: string): string {
  return codes.split(':').map(Number).map(fromCode).join('');
}

/** The character of a code point; nothing for control characters, keys without a text, and numbers that are none. */
function fromCode(code: number): string {
  if (code < 32 || code === 127 || code > 0x10_ff_ff) return '';
  if (code >= PRIVATE_USE.from && code <= PRIVATE_USE.to) return '';
  return String.fromCodePoint(code);
}
