// What expired goes while people log in: at nobody's cost.
import { expect, test } from 'vitest';
import { createHost, MemoryStore, plainPasswords } from '../../src/host/index.ts';
import { VirtualClock } from '../../src/ui/script/virtual-clock.ts';
import { keyOf } from './setting.ts';

test.each([
  ['fails', () => Promise.reject(new Error('planted: disk full'))],
  ['takes for ever', () => new Promise<void>(() => {})],
])('a login goes on when forgetting what expired %s', async (_what, doing) => {
  const asked: number[] = [];
  class Stuck extends MemoryStore {
    override async forget(time: number): Promise<void> {
      asked.push(time);
      return doing();
    }
  }
  const clock = new VirtualClock(Date.UTC(2031, 0, 1));
  const host = createHost({ clock, store: new Stuck(), hasher: plainPasswords });
  await host.addUser({ name: 'ann', password: 'open sesame now' });
  await host.enrol({ user: 'ann', serial: 'DSC-A', key: keyOf('DSC-A'), pin: '1234' });
  const credentials = { name: 'ann', password: 'open sesame now' };
  expect(await host.enter(credentials)).toMatchObject({ step: 'challenge' });
  expect(await host.begin(credentials)).toMatchObject({ serial: 'DSC-A' });
  expect(asked).toHaveLength(2);
});
