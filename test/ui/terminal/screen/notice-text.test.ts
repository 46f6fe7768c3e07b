import { expect, it } from 'vitest';
import { createHost } from '../../../../src/host/index.ts';
import type { HostClientErrorCode } from '../../../../src/host/client.ts';
import { VirtualClock } from '../../../../src/ui/script/virtual-clock.ts';
import { noticeText } from '../../../../src/ui/terminal/screen/notice-text.ts';
import { LANGUAGES } from '../../../../src/host/text/language.ts';
import { textsIn } from '../../../../src/ui/text/texts.ts';
import { apiOf } from '../login-host.ts';

/** What the login screen asks of the API. */
const ASKED = ['beginLogin', 'chooseDevice', 'answerLogin', 'activateDevice', 'logOut'];

/** The codes that the API's own description gives for what the login screen asks; what is 500 or more is no refusal. */
async function codes(): Promise<HostClientErrorCode[]> {
  const clock = new VirtualClock();
  const reply = await apiOf(createHost({ clock }), clock).request('/v1/openapi.json');
  const { paths } = (await reply.json()) as Description;
  const asked = Object.values(paths)
    .flatMap((path) => Object.values(path))
    .filter(({ operationId }) => ASKED.includes(operationId));
  expect(asked).toHaveLength(ASKED.length);
  const refusals = asked
    .flatMap(({ responses }) => Object.entries(responses))
    .filter(([status]) => status[0] === '4');
  return [
    ...new Set(refusals.flatMap(([, { description }]) => description.split(', '))),
  ] as HostClientErrorCode[];
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}
interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
}

it.each(LANGUAGES)('has words for all that the login may be refused for, in %s', async (language) => {
  const text = textsIn(language);
  const all = await codes();
  expect(all).toEqual(expect.arrayContaining(['bad-credentials', 'malformed-body', 'not-logged-in']));
  for (const code of all) {
    const { words, good } = noticeText({ about: 'refusal', code, attemptsLeft: 1 }, text);
    expect(words).not.toContain(code);
    expect(words).not.toBe(text('refusal.other', { code }));
    expect(good).toBe(false);
  }
});
