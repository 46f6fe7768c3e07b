// A disk whose power is cut before its n-th operation, and what a cut may then have made of all that was not synced.
import {
  existsSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import type * as promises from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the cut makes of the content of files that were written and not synced. */
export const HARMS = ['kept', 'lost', 'halved', 'garbage'] as const;

/** When the power is cut, and what that does. */
export interface Cut {
  /** The operation that is not begun any more; the first is 1. */
  readonly before: number;
  readonly contents: (typeof HARMS)[number];
  /** How many of the changes to the folder that were not synced are lost, the last ones first. */
  readonly entriesLost: number;
}

/** A stand-in for `node:fs/promises` that works in one folder. Its operations hang once the power is cut. */
export class FailingDisk {
  #real: typeof promises | undefined;
  #cut: Cut | undefined;
  #operations = 0;
  #dark = Promise.withResolvers<void>();
  /** Inode numbers of files with content that is not synced. */
  readonly #unsynced = new Set<number>();
  /** How to undo the changes to the folder that are not synced. */
  #entries: (() => void)[] = [];
  /** Where removed files live on, in case the removal is undone. */
  #attic = '';
  readonly #closers = new Set<() => Promise<void>>();

  /** The real module with the operations that write. */
  around(real: typeof promises): typeof promises {
    this.#real = real;
    return {
      ...real,
      open: ((path: string, flags?: string | number, mode?: number) =>
        this.#step(() => this.#open(path, flags, mode))) as typeof promises.open,
      link: ((from: string, to: string) =>
        this.#step(async () => {
          await real.link(from, to);
          this.#entries.push(() => rmSync(to));
        })) as typeof promises.link,
      rename: ((from: string, to: string) =>
        this.#step(async () => {
          const restore = this.#keep(to);
          await real.rename(from, to);
          this.#entries.push(() => {
            renameSync(to, from);
            restore();
          });
        })) as typeof promises.rename,
      rm: ((path: string, options?: { force?: boolean }) =>
        this.#step(() => this.#remove(path, () => real.rm(path, options)))) as typeof promises.rm,
      unlink: ((path: string) =>
        this.#step(() => this.#remove(path, () => real.unlink(path)))) as typeof promises.unlink,
    };
  }

  /**
   * Lets a process work in the folder until it has done or its power is cut; then the power is off in any case.
   *
   * @returns Whether it had done.
   */
  async run(folder: string, cut: Cut, process: () => Promise<void>): Promise<boolean> {
    this.#cut = cut;
    this.#operations = 0;
    // What was done between the runs is done for good.
    this.#entries = [];
    this.#dark = Promise.withResolvers();
    this.#attic = mkdtempSync(join(tmpdir(), 'attic-'));
    try {
      const done = await Promise.race([process().then(() => true), this.#dark.promise.then(() => false)]);
      for (const undo of this.#entries.toReversed().slice(0, cut.entriesLost)) undo();
      this.#harmContents(folder, cut.contents);
      return done;
    } finally {
      this.#cut = undefined;
      this.#entries = [];
      this.#unsynced.clear();
      for (const close of this.#closers) await close();
      this.#closers.clear();
      rmSync(this.#attic, { recursive: true });
    }
  }

  #step<T>(operation: () => Promise<T>): Promise<T> {
    this.#operations += 1;
    if (!this.#cut || this.#operations < this.#cut.before) return operation();
    this.#dark.resolve();
    return new Promise(() => {});
  }

  async #open(path: string, flags?: string | number, mode?: number): Promise<promises.FileHandle> {
    if (!this.#real) throw new Error('there is no disk to fail');
    const file = await this.#real.open(path, flags, mode);
    // Without a cut to come this is an ordinary disk.
    if (!this.#cut) return file;
    const close = file.close.bind(file);
    this.#closers.add(close);
    const { ino } = await file.stat();
    if (flags === 'wx') {
      this.#entries.push(() => rmSync(path));
      this.#unsynced.add(ino);
    }
    const write = file.writeFile.bind(file);
    file.writeFile = (...content) => this.#step(() => write(...content));
    file.sync = () =>
      this.#step(async () => {
        if (statSync(path).isDirectory()) this.#entries = [];
        else this.#unsynced.delete(ino);
      });
    file.close = () =>
      this.#step(async () => {
        this.#closers.delete(close);
        await close();
      });
    return file;
  }

  async #remove(path: string, remove: () => Promise<void>): Promise<void> {
    const there = existsSync(path);
    const restore = this.#keep(path);
    await remove();
    if (there) this.#entries.push(restore);
  }

  /** Keeps a file beyond its end. @returns What brings it back under its name. */
  #keep(path: string): () => void {
    if (!this.#cut || !existsSync(path)) return () => {};
    const kept = join(this.#attic, `${readdirSync(this.#attic).length}`);
    linkSync(path, kept);
    return () => linkSync(kept, path);
  }

  #harmContents(folder: string, harm: Cut['contents']): void {
    for (const path of readdirSync(folder).map((name) => join(folder, name))) {
      if (harm === 'kept' || !this.#unsynced.delete(statSync(path).ino)) continue;
      const whole = readFileSync(path);
      const left = {
        lost: whole.subarray(0, 0),
        halved: whole.subarray(0, whole.length / 2),
        garbage: whole.map((byte) => byte ^ 0x5a),
      };
      writeFileSync(path, left[harm]);
    }
  }
}
