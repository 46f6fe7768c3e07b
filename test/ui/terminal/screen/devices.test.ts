// Every device as the app shows it: its displays against those that were approved (`vitest run -u` approves new ones).
import { afterEach, describe, expect, it } from 'vitest';
import { DSC, OCRA_CARD, PROFILES, type Profile } from '../../../../src/firmware/profiles.ts';
import { LANGUAGES } from '../../../../src/host/text/language.ts';
import { clearScreens, draw, type Drawn } from './draw.ts';

afterEach(clearScreens);

/** The drawn display, as lines. */
async function display({ lines }: Drawn): Promise<string> {
  const all = await lines();
  const top = all.findIndex((line) => /│ *╭─+╮ *│/.test(line));
  return all
    .slice(top, top + 7)
    .map((line) => line.slice(line.indexOf('│') + 1).replace(/│[^│]*$/, ''))
    .join('\n');
}

/** What to do next, from the lowest lines. */
async function guide({ text }: Drawn): Promise<string> {
  return (/→ ([^]*?)\n *(?:0-9|any) /.exec(await text())?.[1] ?? '').replaceAll(/\s+/g, ' ');
}

function press(drawn: Drawn, keys: string): void {
  drawn.type(keys);
  drawn.clock.advance(3000);
}

/** Types what the card asks for, prompt by prompt. */
function answer(drawn: Drawn, challenge: string): void {
  const entries = { pin: '1234', challenge };
  for (const { entry } of drawn.card.profile.prompts) press(drawn, `${entries[entry]}\r`);
}

describe.each(PROFILES)('$name', (profile) => {
  const digits = profile === OCRA_CARD ? 8 : 6;

  it('shows each prompt, entry and answer as approved', async () => {
    const drawn = await draw({ columns: 52, rows: 24, profile, charge: 2000 });
    const seen: string[] = [];
    const look = async (what: string): Promise<void> => {
      seen.push(`${what}: ${drawn.hand.face.get().line}`, await guide(drawn), await display(drawn), '');
    };
    await look('off');
    drawn.type('p');
    drawn.clock.advance(2000);
    await look('self-test');
    drawn.clock.advance(500);
    await look('low battery');
    drawn.clock.advance(1000);
    for (const { entry } of profile.prompts) {
      await look(`asks for the ${entry}`);
      press(drawn, '12');
      await look('two digits');
      press(drawn, entry === 'pin' ? '34' : '345678'.slice(0, digits - 2));
      await look('all digits');
      press(drawn, '\r');
    }
    await look('response');
    press(drawn, '\r');
    await look('after OK');
    await expect(seen.join('\n')).toMatchFileSnapshot(`displays/${profile.id}.txt`);
  });

  it('keeps the size of the card, whatever its display', async () => {
    const drawn = await draw({ columns: 52, rows: 24, profile });
    const all = await drawn.lines();
    const top = all.findIndex((line) => line.includes(`▸ ${profile.name} `));
    const bottom = all.findIndex((line) => /^ *╰─{49}╯/.test(line));
    expect([all[top]?.trim().length, bottom - top + 1]).toEqual([51, 16]);
  });

  it('logs in, with what the guide says at each step', async () => {
    const drawn = await draw({ profile });
    const { type, until, desk, card } = drawn;
    const first = profile.prompts[0]?.prompt ?? '';
    const challenge = await drawn.getChallenge();
    expect(challenge).toMatch(new RegExp(`^[0-9]{${digits}}$`));
    type('\t');
    expect(await guide(drawn)).toContain(`until ${first} appears`);
    press(drawn, 'p');
    answer(drawn, challenge);
    expect(await guide(drawn)).toContain('as the Security Code on the login screen');
    type(`\t${card.response()}\r`);
    await until(() => !desk.form.get().busy);
    expect(desk.form.get().page).toBe('inside');
  });

  it.each(LANGUAGES)(
    'is named in the title, and explained with its own prompts in the help, in %s',
    async (language) => {
      const { text, type } = await draw({ columns: 100, rows: 30, profile, language });
      expect(await text()).toContain(`dsc-plus · `);
      expect((await text()).includes('+')).toBe(profile.name.endsWith('+'));
      type('?');
      const help = await text();
      const placeOf = (prompt: string): number => help.search(new RegExp(`\\s${prompt}[.。\\s]`));
      const places = profile.prompts.map(({ prompt }) => placeOf(prompt));
      expect(places[0]).toBeGreaterThan(0);
      expect(places[1]).toBeGreaterThan(places[0] ?? Infinity);
      for (const other of PROFILES) {
        if (other === profile) continue;
        for (const { prompt } of other.prompts) expect(placeOf(prompt)).toBe(-1);
      }
      // The help says in which order they come.
      if (language === 'en') {
        expect(help.indexOf('Enter your PIN') < help.indexOf('Enter the Challenge')).toBe(
          profile !== OCRA_CARD,
        );
      }
    },
  );

  it('fits every size, in the developer’s view too', async () => {
    for (const [columns, rows] of [
      [100, 24],
      [100, 20],
      [80, 24],
      [52, 20],
      [40, 12],
      [30, 10],
    ] as const) {
      const drawn = await draw({ columns, rows, profile });
      const look = async (): Promise<void> => {
        expect((await drawn.lines()).length).toBeLessThanOrEqual(rows);
        expect((await drawn.lines()).filter((line) => Array.from(line).length > columns)).toEqual([]);
      };
      press(drawn, 'p');
      press(drawn, 'd');
      await look();
      answer(drawn, '12345678'.slice(0, digits));
      await look();
      drawn.type('[[[');
      await look();
    }
  });
});

describe('a response in pages', () => {
  async function responded(options: Parameters<typeof draw>[0] = {}): Promise<Drawn> {
    const drawn = await draw({ profile: DSC, ...options });
    const challenge = await drawn.getChallenge();
    drawn.type('\t');
    press(drawn, 'p');
    answer(drawn, challenge);
    return drawn;
  }

  it('says that there is another one, and turns with time and with OK', async () => {
    const drawn = await responded({ columns: 40, rows: 14 });
    const response = drawn.card.response();
    expect(await drawn.text()).toContain(`Display: ${response.slice(0, 5)}, page 1 of 2`);
    expect(await guide(drawn)).toBe(
      'Enter all 8 digits as the Security Code on the login screen; OK shows the other ones.',
    );
    drawn.clock.advance(10_000);
    expect(await drawn.text()).toContain(`Display: ${response.slice(5)}, page 2 of 2`);
    drawn.type('\r');
    drawn.clock.advance(100);
    expect(await drawn.text()).toContain('page 1 of 2');
  });

  it('is read aloud as a whole, and not again as its pages turn', async () => {
    const drawn = await responded({ spoken: true });
    const whole = Array.from(drawn.card.response()).join(' ');
    expect(await drawn.text()).toContain(`Display: ${whole}\n`);
    const before = await drawn.text();
    drawn.clock.advance(12_000);
    expect((await drawn.text()).replace(/expires in \S+/, '')).toBe(before.replace(/expires in \S+/, ''));
  });

  it('is of the challenge that was typed, of which the display showed the end', async () => {
    const drawn = await draw({ profile: DSC });
    const challenge = await drawn.getChallenge();
    drawn.type('\t');
    press(drawn, 'p');
    // All but its first digit is the same.
    answer(drawn, String((Number(challenge[0]) + 1) % 10) + challenge.slice(1));
    expect(await guide(drawn)).toContain('for an earlier challenge');
    press(drawn, 'p');
    press(drawn, 'p');
    answer(drawn, '111111');
    expect(drawn.face.get().answered).toBe('111111');
  });
});

it('a display that the card has no room for is told as text', async () => {
  const profile: Profile = { ...OCRA_CARD, name: 'Wide', display: { kind: '7-segment', width: 12 } };
  const drawn = await draw({ columns: 52, rows: 24, profile });
  press(drawn, 'p');
  expect(await display(drawn)).toMatch(/│ +CH +│/);
  expect((await drawn.lines()).filter((line) => line.trimEnd().length > 52)).toEqual([]);
});
