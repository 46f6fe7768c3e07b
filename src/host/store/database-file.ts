// Whether the file that is open still stands at its path: what is written into one that was removed is lost at the end.
import { statSync } from 'node:fs';

/** A check looks for the file this often at most, in milliseconds: what was written since the last look may be lost with it. */
const LOOK_EVERY = 1000;

/** The database's file was removed, or another stands in its place, while it was open. */
export class LostFileError extends Error {
  override readonly name = 'LostFileError';
  readonly code = 'lost-file';

  constructor(path: string, what: 'gone' | 'another') {
    super(
      `database: ${path} ${what === 'gone' ? 'is no longer there' : 'is another file now'}, and what is written into the one that is open would be lost; put that one back, or stop the host, put a backup in place and start again`,
    );
  }
}

/** The place of a database's file. */
export interface FilePlace {
  /** @throws {LostFileError} unless the file is there. */
  look(): void;
  /** The same, by a look that may be a second old: cheap enough for every statement. @throws {LostFileError} */
  check(): void;
}

/** What it needs, or tells. */
interface Settings {
  /** Hears when the file is lost, and of nothing when it is back. */
  readonly heard?: ((lost?: LostFileError) => void) | undefined;
  /** Milliseconds, from anywhere on. */
  readonly now?: () => number;
}

/** Remembers which file is at the path now. @throws the system's error, if there is none. */
export function placeOfFile(
  path: string,
  { heard, now = () => performance.now() }: Settings = {},
): FilePlace {
  const { dev, ino } = statSync(path, { bigint: true });
  let looked = now();
  let lost: LostFileError | undefined;

  /** What cannot be looked at is as good as gone: nobody who starts the host again would find it. */
  function found(): 'here' | 'another' | 'gone' {
    try {
      const file = statSync(path, { bigint: true });
      return file.dev === dev && file.ino === ino ? 'here' : 'another';
    } catch {
      return 'gone';
    }
  }

  function look(): void {
    const what = found();
    looked = now();
    const before = lost;
    lost = what === 'here' ? undefined : new LostFileError(path, what);
    if (Boolean(lost) !== Boolean(before)) heard?.(lost);
    if (lost) throw lost;
  }

  return {
    look,
    check() {
      if (now() - looked >= LOOK_EVERY) look();
      if (lost) throw lost;
    },
  };
}
