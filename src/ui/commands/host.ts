// `dsc host`: the Secure Login System. Its commands load when it is used, since none of the others needs them.
import type { LateDefinition } from './definition.ts';

export const host: LateDefinition = {
  name: 'host',
  summary: 'run the Secure Login System, and look after its users and devices',
  async define(command, around) {
    const { defineHost } = await import('./host/host-group.ts');
    defineHost(command, around);
  },
};
