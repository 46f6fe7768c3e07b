// The app with a card of any device, and a host that is quick and forgets quickly; it can be made to crash. Bundled and
// run by the tests: fixture.js [challenge's lifetime in ms] [profile's id] [charge of a battery that drains, in µAh]
import { newContents } from '../../src/firmware/memory.ts';
import { DSC_PLUS, PROFILES } from '../../src/firmware/profiles.ts';
import { VolatileMemory } from '../../src/firmware/volatile-memory.ts';
import { createHost, scryptHasher } from '../../src/host/index.ts';
import { systemClock, systemHostClock } from '../../src/ui/system-clock.ts';
import { DEMO } from '../../src/ui/terminal/demo.ts';
import { runApp } from '../../src/ui/terminal/run-app.ts';
import { createSession } from '../../src/ui/terminal/session.ts';
import { textsIn } from '../../src/ui/text/texts.ts';
import { behindApi } from '../ui/terminal/login-host.ts';

const [challengeLifetime = '120000', profileId = DSC_PLUS.id, charge] = process.argv.slice(2);
const profile = PROFILES.find(({ id }) => id === profileId) ?? DSC_PLUS;

const record = {
  serial: 'DSC-FIXTURE',
  suite: profile.suite,
  key: new TextEncoder().encode('12345678901234567890'),
};

const battery = charge === undefined ? undefined : { charge: Number(charge), at: Date.now() };

async function makeHost() {
  const host = createHost({
    clock: systemHostClock,
    hasher: scryptHasher(1),
    policy: { replyTime: 1, challengeLifetime: Number(challengeLifetime) },
  });
  await host.addUser({ name: DEMO.user, password: DEMO.password });
  await host.enrol({ user: DEMO.user, ...record, pin: DEMO.pin });
  return behindApi(host, systemHostClock);
}

let broken = false;
// Two ways to crash, each on a signal: outside of drawing, and in the middle of it.
process.on('SIGUSR2', () => {
  throw new Error('the fixture was told to throw');
});
process.on('SIGPWR', () => (broken = true));

try {
  process.exitCode = await runApp({
    demo: {
      ...DEMO,
      get pin() {
        if (broken) throw new Error('the fixture was told to break while drawing');
        return DEMO.pin;
      },
    },
    text: textsIn('en'),
    open: async (terminal) => ({
      session: createSession({
        ...terminal,
        memory: new VolatileMemory(
          { serial: record.serial, profile, suite: record.suite },
          newContents(record.key, battery),
        ),
        clock: systemClock,
        timeOfDay: () => systemHostClock.now(),
      }),
      makeHost,
    }),
  });
} catch (error) {
  process.stderr.write(`fixture: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
