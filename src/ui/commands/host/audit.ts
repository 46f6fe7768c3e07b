// `dsc host audit`: the audit trail; read, checked, and its heads to keep elsewhere.
import type { Command } from 'commander';
import type { AuditEntry } from '../../../host/audit/event.ts';
import type { TrailPage } from '../../../host/index.ts';
import { CommandError } from '../../command-error.ts';
import { readHeads } from '../../host/head-file.ts';
import type { HostPlace } from '../../host/open-host.ts';
import { quoted } from '../../one-line.ts';
import { table } from '../../table.ts';
import type { CommandDefinition } from '../definition.ts';
import { atHost, hostOptions } from './at-host.ts';
import { timeText } from './records.ts';
import { wholeNumber } from './whole-number.ts';

interface Options extends HostPlace {
  readonly user?: string;
  readonly serial?: string;
  readonly limit?: string;
  readonly json?: true;
}

const USUAL_LIMIT = '50';
const MOST_ENTRIES = 1_000_000;
/** Entries read and printed at a time. */
const PAGE = 500;

const auditVerify: CommandDefinition = {
  name: 'verify',
  summary: 'check that no entry was changed, removed or put elsewhere',
  define(command, around) {
    hostOptions(command)
      .option('--head <file>', 'heads that were kept elsewhere: the trail must still reach them')
      .addHelpText(
        'after',
        `
Without heads from elsewhere it cannot be noticed that whole chains, or their ends, were removed.

Exit status: 0 all is as it was written; 1 a fault was found, and is named on standard output, or it could not be checked;
2 wrong use.

Example:
  $ dsc host audit verify --head /media/usb/heads.json`,
      )
      .action(async (_: object, self: Command) => {
        const options = self.optsWithGlobals<HostPlace & { readonly head?: string }>();
        const kept = options.head === undefined ? [] : await readHeads(options.head);
        await atHost(around, options, async ({ store, vault }) => {
          const { verifyTrail } = await import('../../../host/audit/verify.ts');
          const { chains, entries, faults } = await verifyTrail(store, vault, kept);
          if (faults.length === 0) {
            await around.print(`${entries} entries in ${chains} chains are as they were written\n`);
            return;
          }
          await around.print(
            faults
              .map(({ chain, place, fault }) => `chain ${chain}: entry ${place} ${FAULTS[fault]}\n`)
              .join(''),
          );
          throw new CommandError(
            'bad-audit-trail',
            `the audit trail is not as it was written, in ${faults.length} of ${chains} chains; compare it with a backup`,
          );
        });
      });
  },
};

const FAULTS = {
  missing: 'is missing',
  changed: 'was changed, or stands where another was',
  'cut-off': 'and all after it were cut off',
  'unknown-master-key': 'is under a master key that is not in the key ring',
};

const auditHead: CommandDefinition = {
  name: 'head',
  summary: 'print where the trail ends, to keep elsewhere and check against later',
  define(command, around) {
    hostOptions(command)
      .addHelpText('after', '\nExample:\n  $ dsc host audit head > /media/usb/heads.json')
      .action(async (_: object, self: Command) => {
        await atHost(around, self.optsWithGlobals<HostPlace>(), async ({ store }) => {
          await around.print(`${JSON.stringify(await store.heads(), undefined, 2)}\n`);
        });
      });
  },
};

export const audit: CommandDefinition = {
  name: 'audit',
  summary: 'the audit trail: who did what, the newest first',
  define(command, around) {
    hostOptions(command)
      .option('--user <name>', 'what concerns a user')
      .option('--serial <serial>', 'what concerns a device')
      .option('--limit <number>', `at most so many entries (default: ${USUAL_LIMIT})`)
      .option('--json', 'one entry a line as JSON')
      .addHelpText(
        'after',
        `
Example:
  $ dsc host audit --user ann --limit 10
  $ dsc host audit verify`,
      )
      .action(async (options: Options) => {
        const limit = wholeNumber('--limit', options.limit ?? USUAL_LIMIT, { least: 1, most: MOST_ENTRIES });
        const { user, serial } = options;
        await atHost(around, options, async ({ host }) => {
          let before: AuditEntry | undefined;
          let count = 0;
          for (let left = limit; left > 0; left -= PAGE) {
            const page = await host.trail({ user, serial, before, limit: Math.min(PAGE, left) });
            await around.print(options.json ? page.map(json).join('') : table(page.map(row)));
            before = page.at(-1);
            count += page.length;
            if (page.length < PAGE) break;
          }
          if (count === 0 && !options.json) await around.complain(`no entries${about({ user, serial })}\n`);
        });
      });
    for (const { name, summary, define } of [auditVerify, auditHead]) {
      define(command.command(name).description(summary), around);
    }
  },
};

/** What was asked for, in words. */
const about = ({ user, serial }: Pick<TrailPage, 'user' | 'serial'>): string =>
  [
    ...(user === undefined ? [] : [` of user ${quoted(user)}`]),
    ...(serial === undefined ? [] : [` of device ${quoted(serial)}`]),
  ].join(' and');

const json = ({ at, ...entry }: AuditEntry): string => `${JSON.stringify({ at: timeText(at), ...entry })}\n`;

function row({ at, event, user, serial, actor, address, detail }: AuditEntry): string[] {
  const whom = [user, serial].filter((part) => part !== undefined).join(' ');
  const more = [detail, actor && `by ${actor}`, address && `from ${address}`].filter(Boolean).join(', ');
  return [timeText(at), event, whom, more];
}
