// Builds `dist` beside what is there, and puts it in its place file by file: there is no moment without a `dsc` that works,
// and a program that was started before finds the parts that it loads later. With `--if-changed` it builds only when something
// has changed; with `--alone` likewise, and leaves nothing of builds before.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** What a build is made from. */
const INPUTS = ['src/**', 'build/**', 'package.json', 'package-lock.json', 'ts*.json', 'tsdown.config.ts'];

/** What others start or import by name: they come last, when all that they load is there. */
const ENTRIES: ReadonlySet<string> = new Set(['dsc.js', 'host-thread.js', 'index.js', 'host-client.js']);

/** What is remembered of a build. */
interface Built {
  readonly inputs: string;
  readonly files: readonly string[];
  /** Files of the build before that this one has not: of programs that may still run. */
  readonly before: readonly string[];
}

const project = join(import.meta.dirname, '..');
const dist = join(project, 'dist');
const memory = join(dist, '.build.json');

const isAlone = process.argv.includes('--alone');
const inputs = hashOf(filesUnder(project, INPUTS));
const last = remembered();
const isThere = last.inputs === inputs && last.files.every((file) => isFile(join(dist, file)));
if (!isThere || !(process.argv.includes('--if-changed') || isAlone)) build();
else if (isAlone) keepOnly({ ...last, before: [] });

function build(): void {
  removeUnfinished();
  const fresh = join(dist, `.new-${process.pid}`);
  try {
    run('tsdown', '--out-dir', fresh);
    run('tsc', '-p', 'tsconfig.build.json', '--outDir', join(fresh, 'types'));
    chmodSync(join(fresh, 'dsc.js'), 0o755);
    const files = filesUnder(fresh, ['**']);
    for (const file of files.toSorted((a, b) => Number(ENTRIES.has(a)) - Number(ENTRIES.has(b)))) {
      mkdirSync(dirname(join(dist, file)), { recursive: true });
      renameSync(join(fresh, file), join(dist, file));
    }
    const gone = last.files.filter((file) => !files.includes(file));
    // The same build again says nothing of what may still run.
    const before = gone.length === 0 ? last.before.filter((file) => !files.includes(file)) : gone;
    keepOnly({ inputs, files, before: isAlone ? [] : before });
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Removes what builds left behind that were killed. */
function removeUnfinished(): void {
  mkdirSync(dist, { recursive: true });
  for (const name of readdirSync(dist)) {
    const [, builder] = /^\.new-(\d+)$/.exec(name) ?? [];
    if (builder !== undefined && !isAlive(Number(builder))) rmSync(join(dist, name), { recursive: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Removes what is of no build, and remembers. */
function keepOnly(built: Built): void {
  const kept = new Set([...built.files, ...built.before]);
  for (const file of filesUnder(dist, ['**'])) {
    if (!kept.has(file)) rmSync(join(dist, file), { force: true });
  }
  writeFileSync(`${memory}.new`, JSON.stringify(built));
  renameSync(`${memory}.new`, memory);
}

function remembered(): Built {
  try {
    return JSON.parse(readFileSync(memory, 'utf8')) as Built;
  } catch {
    return { inputs: '', files: [], before: [] };
  }
}

function filesUnder(folder: string, patterns: readonly string[]): string[] {
  const found = globSync(patterns, { cwd: folder });
  return found.filter((file) => isFile(join(folder, file))).toSorted();
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function hashOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) {
    const bytes = readFileSync(join(project, file));
    hash.update(`${file}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

/** Runs a program of the project's own. */
function run(program: string, ...args: readonly string[]): void {
  execFileSync(join(project, 'node_modules', '.bin', program), args, {
    cwd: project,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
}
