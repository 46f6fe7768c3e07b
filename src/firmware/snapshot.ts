// A running card as JSON: where it is, what it remembers, which timers run. Times count from the snapshot on.
import { bytesToHex, hexToBytes } from '@noble/ciphers/utils.js';
import type { Charge } from './battery.ts';
import type { Fingers, Key } from './keypad.ts';
import type { Contents, Identity } from './memory.ts';
import { toldKey } from './recording.ts';
import type { CardMemory, CardState } from './statechart.ts';

/** The version of the snapshots this firmware takes and restores. */
export const SNAPSHOT_VERSION = 1;

/** A card at one moment. It survives a round trip through JSON. */
export interface CardSnapshot {
  readonly version: typeof SNAPSHOT_VERSION;
  readonly identity: Identity;
  readonly state: CardState;
  /** Its times are milliseconds after the snapshot, those that are over negative. */
  readonly entered: CardMemory;
  /** Likewise. */
  readonly fingers: Fingers;
  /** The charge of a battery that drains, and when it was that, likewise. */
  readonly charge?: { readonly charge: number; readonly at: number } | undefined;
  /** The non-volatile memory, key and all; only in a snapshot with secrets. */
  readonly memory?: StoredContents | undefined;
}

/** The non-volatile memory as JSON. */
export interface StoredContents {
  readonly sequence: number;
  readonly keyHex: string;
  readonly counter: string;
  readonly powerOns: number;
  readonly responses: number;
  readonly battery?: Charge | undefined;
}

export function printStored({ key, counter, ...rest }: Contents, sequence: number): StoredContents {
  return { sequence, keyHex: bytesToHex(key), counter: String(counter), ...rest };
}

export function parseStored({ keyHex, counter, powerOns, responses, battery }: StoredContents): Contents {
  return { key: hexToBytes(keyHex), counter: BigInt(counter), powerOns, responses, battery };
}

/** The same, with its times counted from `by` milliseconds earlier. */
export function shiftMemory(entered: CardMemory, by: number): CardMemory {
  const shift = (time: number | null): number | null => (time === null ? null : time + by);
  return {
    ...entered,
    switchedAt: shift(entered.switchedAt),
    deadline: shift(entered.deadline),
    pageAt: shift(entered.pageAt),
  };
}

/** The same, with its times counted from `by` milliseconds earlier. */
export function shiftFingers({ down, coming }: Fingers, by: number): Fingers {
  return { down, coming: coming && { ...coming, since: coming.since + by, at: coming.at + by } };
}

/** The fingers as they may be told: one on a digit that is, or may become, one of a PIN is left out. */
export function toldFingers({ down, coming }: Fingers, state: CardState): Fingers {
  const isTold = (key: Key): boolean => toldKey(key, state) === key;
  return { down: down.filter(isTold), coming: coming && isTold(coming.key) ? coming : undefined };
}
