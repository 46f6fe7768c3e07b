// `dsc host`, and the groups in it.
import type { Command } from 'commander';
import type { Surroundings } from '../../surroundings.ts';
import type { CommandDefinition } from '../definition.ts';
import { defineGroup } from '../group.ts';
import { audit } from './audit.ts';
import { deviceEnrol } from './device-enrol.ts';
import { deviceMail } from './device-mail.ts';
import { DEVICE_MOVES } from './device-moves.ts';
import { deviceList, deviceShow } from './device-list.ts';
import { deviceResetPin } from './device-reset-pin.ts';
import { deviceShare, deviceUnshare } from './device-share.ts';
import { keyList, keyNew, keyUse } from './keys.ts';
import { migrate } from './migrate.ts';
import { rekey } from './rekey.ts';
import { serve } from './serve.ts';
import { userAdd } from './user-add.ts';
import { userDisable, userEnable, userLogOut, userSet, userSetPassword } from './user-changes.ts';
import { userList, userShow } from './user-list.ts';

const user: CommandDefinition = {
  name: 'user',
  summary: 'add, list, show, disable, log out and change users',
  define(command, around) {
    command.addHelpText(
      'after',
      '\nExample:\n  $ dsc host user add ann --administrator\n  $ dsc host user list',
    );
    defineGroup(
      command,
      [userAdd, userList, userShow, userDisable, userEnable, userLogOut, userSetPassword, userSet],
      around,
    );
  },
};

const device: CommandDefinition = {
  name: 'device',
  summary: 'enrol devices, and move them through their lives',
  define(command, around) {
    command.addHelpText(
      'after',
      `
A device is requested, mailed, and activated by a login with it; or enrolled, and in use at once. It may be blocked,
lost, found again, and is retired at last.

Example:
  $ dsc host device enrol ann --card work
  $ dsc host device unblock DSC-04071776`,
    );
    defineGroup(
      command,
      [
        deviceEnrol,
        deviceList,
        deviceShow,
        ...DEVICE_MOVES,
        deviceMail,
        deviceResetPin,
        deviceShare,
        deviceUnshare,
      ],
      around,
    );
  },
};

const key: CommandDefinition = {
  name: 'key',
  summary: 'the master keys that seal secrets in the database',
  define(command, around) {
    command.addHelpText('after', '\nExample:\n  $ dsc host key new && dsc host rekey');
    defineGroup(command, [keyNew, keyUse, keyList], around);
  },
};

/** Defines the group and all in it. */
export function defineHost(command: Command, around: Surroundings): void {
  command.addHelpText(
    'after',
    `
All of these work on the database itself, beside a host that runs: --database names it, or DSC_DATABASE, else it is
host.sqlite in the data folder. The key ring that seals its secrets is --keys, or DSC_HOST_KEYS with the ring itself,
else host-keys.json in the data folder.

Environment: DSC_HOME, the data folder; DSC_DATABASE and DSC_HOST_KEYS; PGPASSWORD, the password of a PostgreSQL database;
DSC_PASSWORD, a new password for "user add" and "user set-password"; DSC_PIN, the PIN for "device enrol" and
"device reset-pin".

Example:
  $ dsc host user add ann --administrator
  $ dsc host serve`,
  );
  defineGroup(command, [serve, user, device, audit, key, rekey, migrate], around);
}
