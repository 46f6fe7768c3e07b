// `dsc card`: the cards of this user.
import { cardBattery } from './card-battery.ts';
import { cardExport } from './card-export.ts';
import { cardImport } from './card-import.ts';
import { cardList } from './card-list.ts';
import { cardNew } from './card-new.ts';
import { cardRm } from './card-rm.ts';
import { cardShow } from './card-show.ts';
import { cardUpgrade } from './card-upgrade.ts';
import type { CommandDefinition } from './definition.ts';
import { defineGroup } from './group.ts';

export const card: CommandDefinition = {
  name: 'card',
  summary: 'make, list, show, move and remove cards',
  define(command, around) {
    command.addHelpText('after', '\nExample:\n  $ dsc card new work\n  $ dsc card list');
    defineGroup(
      command,
      [cardNew, cardList, cardShow, cardRm, cardExport, cardImport, cardUpgrade, cardBattery],
      around,
    );
  },
};
