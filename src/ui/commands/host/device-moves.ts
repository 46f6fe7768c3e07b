// `dsc host device block`, `unblock`, `lost`, `found`, `withdraw`, `retire`: a device moves on in its life.
import type { Actor, Host } from '../../../host/index.ts';
import type { HostPlace } from '../../host/open-host.ts';
import type { CommandDefinition } from '../definition.ts';
import { atHost, hostOptions } from './at-host.ts';

interface Move {
  readonly name: string;
  readonly summary: string;
  readonly act: (host: Host, serial: string, by: Actor) => Promise<void>;
}

const MOVES: readonly Move[] = [
  {
    name: 'block',
    summary: 'let a device answer nothing until it is unblocked; ends the sessions that it opened',
    act: (host, serial, by) => host.moveDevice(serial, 'block', by),
  },
  {
    name: 'unblock',
    summary: 'take a block away, and forget wrong answers and unfinished logins',
    act: (host, serial, by) => host.unblock(serial, by),
  },
  {
    name: 'lost',
    summary: 'note that a device is lost: it answers nothing; ends the sessions that it opened',
    act: (host, serial, by) => host.moveDevice(serial, 'lose', by),
  },
  {
    name: 'found',
    summary: 'note that a lost device is found: it is in use again',
    act: (host, serial, by) => host.moveDevice(serial, 'find', by),
  },
  {
    name: 'withdraw',
    summary: 'take back the request for a device that is not mailed yet',
    act: (host, serial, by) => host.moveDevice(serial, 'withdraw', by),
  },
  {
    name: 'retire',
    summary: 'let a device answer nothing for good; ends the sessions that it opened',
    act: (host, serial, by) => host.moveDevice(serial, 'retire', by),
  },
];

/** The commands, in the order of a life. */
export const DEVICE_MOVES: readonly CommandDefinition[] = MOVES.map(({ name, summary, act }) => ({
  name,
  summary,
  define(command, around) {
    hostOptions(command)
      .argument('<serial>', 'its serial number')
      .addHelpText('after', `\nExample:\n  $ dsc host device ${name} DSC-04071776`)
      .action(async (serial: string, options: HostPlace) => {
        await atHost(around, options, async ({ host, by }) => {
          await act(host, serial, by);
          const { state } = await host.device(serial);
          await around.print(`device ${serial} is ${state}\n`);
        });
      });
  },
}));
