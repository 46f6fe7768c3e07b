// What on the screen can be clicked, and where it stands.
import type { Key } from '../../firmware/keypad.ts';
import type { Spot } from './login/login-form.ts';

/** Something that can be clicked. */
export type Target = `key:${Key}` | `spot:${Spot}` | 'pane:card' | 'pane:login';

/** A rectangle of cells. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The targets that are on the screen now. */
export interface Targets {
  /**
   * Puts a target on the screen.
   *
   * @param measure - says where it is now; asked at every click, so that nothing need be told of a new layout.
   * @returns A function that takes it off again.
   */
  add(target: Target, measure: () => Area): () => void;
  /** The target at a cell; the smallest, where one lies on another. */
  at(column: number, row: number): Target | undefined;
}

/** Makes an empty screen. */
export function createTargets(): Targets {
  const shown = new Set<{ readonly target: Target; readonly measure: () => Area }>();
  return {
    add(target, measure) {
      const entry = { target, measure };
      shown.add(entry);
      return () => void shown.delete(entry);
    },
    at(column, row) {
      return [...shown]
        .map(({ target, measure }) => ({ target, area: measure() }))
        .filter(({ area }) => covers(area, column, row))
        .toSorted((a, b) => sizeOf(a.area) - sizeOf(b.area))[0]?.target;
    },
  };
}

function covers({ x, y, width, height }: Area, column: number, row: number): boolean {
  return column >= x && column < x + width && row >= y && row < y + height;
}

function sizeOf({ width, height }: Area): number {
  return width * height;
}
