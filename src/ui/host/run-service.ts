// The host from its start until it is asked to end: says where it is, what to do first, and what happens.
import { setTimeout } from 'node:timers/promises';
import { pino, type Logger } from 'pino';
import { CommandError } from '../command-error.ts';
import { oneLine } from '../one-line.ts';
import type { Surroundings } from '../surroundings.ts';
import type { HostPlace } from './open-host.ts';
import type { Service, ServiceParts } from './service.ts';
import { openThreadedHost, type ThreadedHost } from './threaded-host.ts';

/** With the grace of requests under way, still an end in under 5 s; in milliseconds. */
const LONGEST_CLOSING = 500;

/** What is run. */
interface ServeOptions extends HostPlace {
  readonly logLevel: string;
}

/**
 * Opens the host and serves until the process is asked to end.
 *
 * @throws {CommandError} what opening the host is refused for; {ServerError} why it cannot listen so.
 */
export async function runService(
  parts: Pick<ServiceParts, 'listening' | 'proxies'>,
  options: ServeOptions,
  around: Surroundings,
): Promise<void> {
  const log = logTo(around, options.logLevel);
  const opening = openThreadedHost(options, around.env, {
    onBrokenConnection: (error) =>
      log.warn({ reason: reasonIn(error) }, 'a connection to the database broke'),
    onLostFile(lost) {
      if (lost) log.error({ reason: lost.message }, 'the database is lost, and nothing is answered');
      else log.info('the database is back');
    },
    onKeys(error) {
      if (error === undefined) log.info('the key ring was read again');
      else
        log.error(
          { reason: reasonIn(error) },
          'the key ring has changed, and cannot be read; the old one holds',
        );
    },
  });
  // Pages and API load while the database is opened.
  const [opened, { startService }] = await Promise.all([opening, import('./service.ts')]);
  try {
    await serveUntilAsked(opened, { around, log, options }, () => startService({ ...opened, ...parts, log }));
  } finally {
    // A database that does not answer does not say goodbye either.
    await Promise.race([opened.close(), setTimeout(LONGEST_CLOSING, undefined, { ref: false })]);
  }
}

async function serveUntilAsked(
  opened: ThreadedHost,
  { around, log, options }: { around: Surroundings; log: Logger; options: ServeOptions },
  start: () => Promise<Service>,
): Promise<void> {
  const asked = Promise.withResolvers<string>();
  const stopListening = around.whenAskedToEnd(asked.resolve);
  try {
    const service = await start();
    try {
      await around.print(`${service.url}\n`);
      opened
        .warmUp()
        .catch((error: unknown) => log.warn({ reason: reasonIn(error) }, 'no password was measured'));
      if (opened.isNew) await around.complain(firstSteps(opened, options));
      log.info({ database: opened.name, made: opened.isMade, url: service.url }, 'the host serves');
      const signal = await Promise.race([asked.promise, opened.ended]).catch((error: unknown) => {
        log.fatal({ reason: reasonIn(error) }, 'the host has failed');
        throw error;
      });
      log.info({ signal }, 'the host ends; it finishes what is under way');
    } finally {
      await service.stop();
    }
  } finally {
    stopListening();
  }
}

/** Written at once, so that nothing is lost when the process ends. */
function logTo(around: Surroundings, level: string): Logger {
  const write = (line: string): void => void around.complain(line).catch(() => undefined);
  return pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (name) => ({ level: name }) },
    },
    { write },
  );
}

/** Messages for the person at the command name files and codes, and never a secret; others may. */
const reasonIn = (error: unknown): string =>
  error instanceof CommandError ? error.message : error instanceof Error ? error.name : 'unknown';

/** What to do where there is no user yet. Somebody else's host may be meant, too, and a name mistyped. */
function firstSteps({ name, isMade }: ThreadedHost, { database, keys }: HostPlace): string {
  const place = [
    ...(database === undefined ? [] : [`--database ${inShell(database)}`]),
    ...(keys === undefined ? [] : [`--keys ${inShell(keys)}`]),
  ];
  const command = (words: string): string => `  ${['dsc host', words, ...place].join(' ')}\n`;
  return [
    isMade
      ? `There was no database ${oneLine(name)}: a new one is made. If you meant another, end this and name it with --database.\n`
      : `In the database ${oneLine(name)} there is no user yet.\n`,
    'Make the first user, who may administer, and a card to log in with:\n',
    command('user add NAME --administrator'),
    '  dsc card new work\n',
    command('device enrol NAME --card work'),
    '\n',
  ].join('');
}

/** A word as a shell reads it. */
const inShell = (word: string): string =>
  /^[\w./:@=+-]+$/.test(word) ? word : `'${oneLine(word).replaceAll("'", String.raw`'\''`)}'`;
