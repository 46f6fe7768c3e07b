// Somebody sits at the app, in virtual time and without a terminal: types, clicks, and looks at what is there.
import { VirtualClock } from '../../../src/ui/script/virtual-clock.ts';
import { createHost, plainPasswords, type Host, type Policy } from '../../../src/host/index.ts';
import { newContents } from '../../../src/firmware/memory.ts';
import { DSC_PLUS, type Profile } from '../../../src/firmware/profiles.ts';
import { VolatileMemory } from '../../../src/firmware/volatile-memory.ts';
import type { Face } from '../../../src/ui/terminal/hand/face.ts';
import { createStore, type Readable } from '../../../src/ui/terminal/store.ts';
import { DEMO } from '../../../src/ui/terminal/demo.ts';
import { createInputParser } from '../../../src/ui/terminal/input/input-parser.ts';
import { createTargets, type Targets } from '../../../src/ui/terminal/targets.ts';
import { behindApi } from './login-host.ts';
import { createSession, type Session } from '../../../src/ui/terminal/session.ts';

/** The card of those who sit down, and its key. */
export const SERIAL = 'DSC-04071776';
export const KEY = new TextEncoder().encode('12345678901234567890');

/** The memory of a card of this device. @param charge - of a battery that drains, in microampere-hours. */
export function memoryOf(profile: Profile = DSC_PLUS, charge?: number): VolatileMemory {
  const battery = charge === undefined ? undefined : { charge, at: 0 };
  return new VolatileMemory({ serial: SERIAL, profile, suite: profile.suite }, newContents(KEY, battery));
}

export interface Sitting extends Session {
  readonly clock: VirtualClock;
  /** The host itself, for what an administrator does meanwhile. */
  readonly host: Host;
  readonly face: Readable<Face>;
  readonly targets: Targets;
  /** What the app asked of the world around it, in order. */
  readonly asked: string[];
  /** Sends what a terminal would send. */
  readonly type: (sent: string) => void;
  /** Presses and lets go of the left mouse button at a cell, from 0. */
  readonly click: (column: number, row: number) => void;
  /** Waits, without any time passing, until it is so. */
  readonly until: (isSo: () => boolean) => Promise<void>;
  /** Logs in as the demo user up to the challenge. */
  readonly getChallenge: () => Promise<string>;
}

export async function sitDown({
  tellsReleases = false,
  policy = {},
  profile = DSC_PLUS,
  charge,
  mailed = false,
  ready = Promise.resolve(),
}: {
  tellsReleases?: boolean;
  policy?: Partial<Policy>;
  /** The device. */
  profile?: Profile;
  /** What its battery has left, in microampere-hours; without, it does not drain. */
  charge?: number;
  /** Whether the card is on its way by mail to its user, who never had one. */
  mailed?: boolean;
  /** When the host begins to answer. */
  ready?: Promise<void>;
} = {}): Promise<Sitting> {
  const clock = new VirtualClock();
  const host = createHost({ clock, hasher: plainPasswords, policy });
  await host.addUser({ name: DEMO.user, password: DEMO.password });
  await host.enrol({
    user: DEMO.user,
    serial: SERIAL,
    suite: profile.suite,
    key: KEY,
    pin: DEMO.pin,
    mailed,
  });

  const asked: string[] = [];
  const targets = createTargets();
  const session = createSession({
    memory: memoryOf(profile, charge),
    host: ready.then(() => behindApi(host, clock)),
    clock,
    timeOfDay: () => clock.now(),
    webPage: createStore<string | undefined>('http://127.0.0.1:65535'),
    targets,
    tellsReleases: () => tellsReleases,
    useMouse: (use) => asked.push(`mouse ${use ? 'on' : 'off'}`),
    leave: () => asked.push('leave'),
    suspend: () => asked.push('suspend'),
  });
  const parser = createInputParser();

  const sitting: Sitting = {
    ...session,
    face: session.hand.face,
    clock,
    host,
    targets,
    asked,
    type: (sent) => parser.push(sent).forEach(session.controller.handle),
    click(column, row) {
      sitting.type(`\u{1B}[<0;${column + 1};${row + 1}M`);
      clock.advance(100);
      sitting.type(`\u{1B}[<0;${column + 1};${row + 1}m`);
    },
    async until(isSo) {
      for (let turn = 0; !isSo(); turn++) {
        if (turn > 1000) throw new Error('it never became so');
        await new Promise(setImmediate);
      }
    },
    async getChallenge() {
      if (session.controller.view.get().focus === 'card') sitting.type('\t');
      sitting.type(`${DEMO.user}\r${DEMO.password}\r`);
      await sitting.until(() => session.desk.form.get().page === 'code');
      const form = session.desk.form.get();
      return form.page === 'code' ? form.login.challenge : '';
    },
  };
  return sitting;
}
