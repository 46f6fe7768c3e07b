// The host the app logs in to: made afresh at every start, and gone with the process.
import { createHost, type Host, type HostOptions } from '../../host/index.ts';
import type { EnrolmentData } from '../script/scripted-card.ts';
import { DEMO } from './demo.ts';

/** A host that knows the demo's user and this card, if it can be known. Hashing the user's password takes it a while. */
export async function demoHost(card: EnrolmentData | undefined, options: HostOptions): Promise<Host> {
  const host = createHost(options);
  await host.addUser({ name: DEMO.user, password: DEMO.password });
  if (card)
    await host.enrol({
      user: DEMO.user,
      serial: card.serial,
      suite: card.suite,
      key: card.key,
      pin: DEMO.pin,
    });
  return host;
}
