// `dsc host serve`: runs the host until it is asked to end.
import { Option } from 'commander';
import { CommandError } from '../../command-error.ts';
import { fileTrouble } from '../../cards/given-file.ts';
import type { HostPlace } from '../../host/open-host.ts';
import type { ServiceParts } from '../../host/service.ts';
import { readShortFile } from '../../whole-file.ts';
import type { CommandDefinition } from '../definition.ts';
import { hostOptions } from './at-host.ts';
import { wholeNumber } from './whole-number.ts';

interface Options extends HostPlace {
  readonly port: string;
  readonly address: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly behindProxy?: readonly string[];
  readonly logLevel: string;
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];
/** More than a chain of certificates takes, in bytes. */
const LONGEST_PEM = 1024 * 1024;

export const serve: CommandDefinition = {
  name: 'serve',
  summary: 'run the host: its pages and its API',
  define(command, around) {
    hostOptions(command)
      .option('--port <port>', 'the port to listen on; 0 is any free one', '8080')
      .option(
        '--address <address>',
        "the address to listen on; others than this machine's need TLS",
        '127.0.0.1',
      )
      .option('--tls-cert <file>', 'the certificate, and the chain above it, in PEM')
      .option('--tls-key <file>', 'its private key, in PEM')
      .option(
        '--behind-proxy <address...>',
        'addresses or networks of proxies that encrypt, and whose forwarded addresses count',
      )
      .addOption(new Option('--log-level <level>', 'how much is logged').choices(LOG_LEVELS).default('info'))
      .addHelpText(
        'after',
        `
Prints its address when it answers, and logs to standard error, a line of JSON each. SIGTERM and Ctrl-C let it finish
what it is about, in under 5 seconds; a second one ends it at once.

The database is an SQLite file, or one of PostgreSQL that several hosts may share. Its password is taken from PGPASSWORD,
from ~/.pgpass, or from a URL in DSC_DATABASE; never from an argument.

Example:
  $ dsc host serve
  $ dsc host serve --address 0.0.0.0 --port 443 --tls-cert host.pem --tls-key host.key
  $ dsc host serve --database postgres://dsc@db.example/host --keys /etc/dsc/host-keys.json --behind-proxy 10.0.0.0/8`,
      )
      .action(async (options: Options) => {
        const listening = await listeningOf(options);
        const { runService } = await import('../../host/run-service.ts');
        await runService({ listening, proxies: options.behindProxy }, options, around);
      });
  },
};

async function listeningOf(options: Options): Promise<ServiceParts['listening']> {
  const { address, tlsCert, tlsKey } = options;
  const port = wholeNumber('--port', options.port, { most: 65_535 });
  if (tlsCert === undefined && tlsKey === undefined) return { port, hostname: address };
  if (tlsCert === undefined || tlsKey === undefined) {
    throw new CommandError('wrong-use', '--tls-cert and --tls-key go together; give both');
  }
  return { port, hostname: address, tls: { cert: await readPem(tlsCert), key: await readPem(tlsKey) } };
}

async function readPem(path: string): Promise<string> {
  const text = await readShortFile(path, LONGEST_PEM).catch((error: unknown) => {
    throw fileTrouble('read', path, error);
  });
  return text ?? '';
}
