// The browser of `@sparticuz/chromium`, unpacked once for all runs.
import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import project from '../../package.json' with { type: 'json' };

/** A browser that can be started. */
export interface BrowserFile {
  readonly path: string;
  /** What its environment must have beyond that of this process. */
  readonly env: Readonly<Record<string, string>>;
}

const CACHE = join(import.meta.dirname, '../../node_modules/.cache');

/**
 * Unpacks the browser if that has not been done. Several processes may ask at once: each unpacks into a folder of its
 * own, and the first one's folder becomes the one for all.
 * @throws Error when it does not run on this system.
 */
export async function browserFile(): Promise<BrowserFile> {
  const folder = join(CACHE, `chromium-${project.devDependencies['@sparticuz/chromium']}`);
  if (!existsSync(folder)) await unpackTo(folder);
  const path = join(folder, 'chromium');
  // The libraries of the package are older than a desktop's own, so they serve only where those are missing.
  const libraries = { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') };
  let trouble = '';
  for (const env of [{}, libraries]) {
    const asked = spawnSync(path, ['--version'], { env: { ...process.env, ...env }, encoding: 'utf8' });
    if (asked.status === 0) return { path, env };
    trouble = asked.error?.message ?? asked.stderr;
  }
  throw new Error(`The browser for the tests does not start here: ${trouble}`);
}

async function unpackTo(folder: string): Promise<void> {
  mkdirSync(CACHE, { recursive: true });
  const own = mkdtempSync(join(CACHE, 'unpacking-'));
  try {
    await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'unpack-browser.ts')], {
      // It unpacks its libraries only where it believes to be at Amazon's.
      env: { ...process.env, TMPDIR: own, TEMP: own, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
    });
    chmodSync(join(own, 'chromium'), 0o755);
    chmodSync(own, 0o755);
    renameSync(own, folder);
  } catch (error) {
    // Another run was faster: theirs is as good.
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}
