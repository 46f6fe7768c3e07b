// The developer's view: its keys, and what it shows where.
import { afterEach, describe, expect, it } from 'vitest';
import { DSC, OCRA_CARD } from '../../../../src/firmware/profiles.ts';
import { LANGUAGES } from '../../../../src/host/text/language.ts';
import { textsIn } from '../../../../src/ui/text/texts.ts';
import { clearScreens, draw, type Drawn } from './draw.ts';

afterEach(clearScreens);

const ESCAPE = '\u{1B}[27u';

function press(drawn: Drawn, keys: string): void {
  drawn.type(keys);
  drawn.clock.advance(3000);
}

/** The view is open, the card on, and two digits of the PIN are typed. */
async function inspecting(options: Parameters<typeof draw>[0] = {}): Promise<Drawn> {
  const drawn = await draw(options);
  press(drawn, 'dp');
  press(drawn, '12');
  return drawn;
}

describe('the developer’s view', () => {
  it('takes the login’s place, and gives it back', async () => {
    const { text, type } = await draw();
    expect(await text()).toContain('d inspect');
    type('d');
    expect(await text()).toContain('Developer’s view');
    expect(await text()).toContain('│ 7 │');
    expect(await text()).not.toContain('User name');
    type('\t');
    expect(await text()).toContain('User name');
    expect(await text()).not.toContain('Developer’s view');
    type('\t');
    expect(await text()).toContain('Developer’s view');
    type('d');
    expect(await text()).not.toContain('Developer’s view');
    type(`d${ESCAPE}`);
    expect(await text()).not.toContain('Developer’s view');
  });

  it('lights the state the card is in, timers, battery and counts beside it', async () => {
    const drawn = await inspecting({ charge: 12_500 });
    const text = await drawn.text();
    expect(text.match(/▸ \w+/g)).toEqual(['▸ Digital', '▸ pin']);
    expect(text).toMatch(
      / off[^]* selfTest [^]* lowBattery [^]* pin [^]* challenge [^]* response [^]* fault /,
    );
    expect(text).toContain('switches off in 28 s');
    expect(text).toMatch(/battery 12499\.\d µAh, 50\.0 %/);
    expect(text).toContain('switched on 1 · responses 0');
    expect(text).toContain('counter none');
  });

  it('leaves the challenge to be seen', async () => {
    for (const [columns, rows] of [
      [100, 24],
      [80, 24],
      [40, 14],
    ] as const) {
      const { text, type, getChallenge } = await draw({ columns, rows });
      const challenge = await getChallenge();
      type('\td');
      expect(await text()).toContain('no timer runs');
      expect(await text()).toContain(`Challenge Code: ${challenge}`);
    }
  });

  it('has the states in the order of the device', async () => {
    const { text } = await inspecting({ profile: OCRA_CARD });
    expect(await text()).toMatch(/ lowBattery [^]* challenge [^]* pin [^]* response /);
    expect(await text()).toContain('does not drain');
  });

  it('tells what happened and when, and hides the PIN', async () => {
    const drawn = await inspecting();
    expect(await drawn.text()).toContain('0:03.060 up *');
    expect(await drawn.text()).toContain('0:03.120 shows PIN>**');
    expect(await drawn.text()).not.toMatch(/down [0-9]/);
    press(drawn, '34\r');
    press(drawn, '123456\r');
    expect(await drawn.text()).toMatch(/writes bank [01] · #3 · \d+ bytes/);
    expect(await drawn.text()).toContain('shows ########');
    drawn.clock.jump(3_600_000);
    press(drawn, '1');
    expect(await drawn.text()).toContain('the time of day jumps by +3600 s');
    expect(await drawn.text()).toContain('▸ off');
  });

  it('is drawn once a second while a timer runs, and not at all when none does', async () => {
    const drawn = await inspecting();
    await drawn.frames();
    const before = await drawn.frames();
    for (let second = 1; second <= 5; second++) {
      drawn.clock.advance(1000);
      expect(await drawn.frames()).toBe(before + second);
    }
    press(drawn, 'p');
    const off = await drawn.frames();
    drawn.clock.advance(600_000);
    expect(await drawn.frames()).toBe(off);
  });

  it('has no share in what is drawn while it is closed', async () => {
    const drawn = await inspecting();
    drawn.type('d');
    const before = await drawn.frames();
    drawn.clock.advance(20_000);
    expect(await drawn.frames()).toBe(before);
  });

  it('fills a window that has room for one pane, with the display in words', async () => {
    const { lines } = await inspecting({ columns: 80, rows: 24 });
    const text = (await lines()).join('\n');
    expect(text).toContain('│ Display: PIN>, 2 digits entered');
    expect(text).toContain('▸ pin');
    expect(text).not.toContain('│ 7 │');
    expect(text).toMatch(/q quit$/m);
  });

  it('is words where there is no room, and for a screen reader, to whom seconds do not run', async () => {
    const plain = await inspecting({ columns: 40, rows: 14 });
    expect(await plain.text()).toMatch(/▸pin/);
    expect(await plain.text()).toContain('switches off in 28 s');
    const spoken = await inspecting({ spoken: true });
    expect(await spoken.text()).toContain('State: pin');
    expect(await spoken.text()).toContain('switches off in 30 s');
    const before = await spoken.text();
    spoken.clock.advance(9000);
    expect(await spoken.text()).toBe(before);
  });

  it.each(LANGUAGES)('fits, and keeps its frames, in %s', async (language) => {
    for (const [columns, rows] of [
      [100, 20],
      [80, 24],
      [52, 20],
      [30, 10],
    ] as const) {
      const drawn = await inspecting({ columns, rows, language, profile: DSC, charge: 12_500 });
      press(drawn, '34\r');
      press(drawn, '123456\r');
      for (const keys of ['', '[[', 'g', ESCAPE]) {
        drawn.type(keys);
        const all = await drawn.lines();
        expect(all.length).toBeLessThanOrEqual(rows);
        const wide = /[\u2E80-\u9FFF\uFF00-\uFF60]/gu;
        const widths = all.map((line) => line.trimEnd().length + (line.match(wide)?.length ?? 0));
        expect(widths.filter((width) => width > columns)).toEqual([]);
        if (columns < 52) continue;
        const edges = all.flatMap((line, row) => (/[│╮╯]\s*$/.test(line) ? [widths[row]] : []));
        expect(new Set(edges).size).toBe(1);
      }
    }
  });
});

describe('its keys', () => {
  it('step back and forward, go on, and leave', async () => {
    const { type, hand, clock, card, controller, text } = await inspecting();
    type('[[[');
    expect(hand.travel.get()).toMatchObject({ to: 'past' });
    const { of } = hand.travel.get() as { of: number };
    expect(await text()).toContain(`moment ${of - 3} of ${of}`);
    expect((await text()).split('copy, in memory')).toHaveLength(3);
    expect(await text()).toContain('its clock stands still');
    expect(await text()).toContain('g go on from here');
    type(']');
    expect(await text()).toContain(`moment ${of - 2} of ${of}`);
    type('g');
    expect(hand.travel.get()).toEqual({ to: 'copy' });
    expect(await text()).toContain('Esc put the copy away');
    clock.advance(2500);
    expect(card.state()).toBe('off');
    expect(hand.face.get().state).toBe('pin');
    type(ESCAPE);
    expect(hand.travel.get()).toEqual({ to: 'present' });
    expect(controller.view.get().developer).toBe(true);
    expect(await text()).not.toContain('copy, in memory');
    type(ESCAPE);
    expect(controller.view.get().developer).toBe(false);
  });

  it('offer no step back where there is nothing before, and say so in its place', async () => {
    for (const language of LANGUAGES) {
      const { type, clock, text, hand } = await draw({ language });
      const words = textsIn(language);
      type('p');
      clock.advance(3000);
      type('d[');
      expect(hand.travel.get()).toEqual({ to: 'present' });
      expect(await text()).toContain(words('developer.noEarlier'));
      expect(await text()).not.toContain(words('keys.stepBack'));
      type('1');
      clock.advance(1000);
      expect(await text()).not.toContain(words('developer.noEarlier'));
      expect(await text()).toContain(`[ ${words('keys.stepBack')}`);
    }
  });

  it('operate a copy that goes on, and nothing where one only looks', async () => {
    const { type, hand, clock, finger, card, click, lines } = await inspecting();
    type('[[[[p5\r\u{1B}[200~77\u{1B}[201~');
    expect(finger.touch.get()).toBeUndefined();
    const row = (await lines()).findIndex((line) => line.includes('│ 7 │'));
    click(((await lines())[row] ?? '').indexOf('│ 7 │') + 2, row);
    clock.advance(1000);
    expect(hand.face.get().line).toBe('PIN>*');
    expect(card.display()).toBe('PIN>**');
    type('g5');
    clock.advance(1000);
    expect(hand.face.get().line).toBe('PIN>**');
    type('p');
    clock.advance(3000);
    expect(hand.travel.get()).toEqual({ to: 'present' });
    expect([hand.face.get().state, card.state()]).toEqual(['off', 'off']);
  });

  it('let go of whatever is held, and forget what was still to be typed', async () => {
    const { type, hand, clock, finger, card } = await inspecting();
    type('345678[');
    expect(finger.touch.get()).toBeUndefined();
    clock.advance(1000);
    expect(card.display()).toBe('PIN>**');
    type(ESCAPE);
    type('3');
    clock.advance(1000);
    expect(hand.face.get().line).toBe('PIN>***');
  });

  it('are repeated by a key that is held down', async () => {
    const { type, hand } = await inspecting({ tellsReleases: true });
    type('\u{1B}[91;1:1;91u' + '\u{1B}[91;1:2;91u'.repeat(3) + '\u{1B}[91;1:3u');
    const { step, of } = hand.travel.get() as { step: number; of: number };
    expect(of - step).toBe(4);
  });

  it('leave no copy that stands still behind when the view is closed, but one that goes on', async () => {
    const { type, hand, text } = await inspecting();
    type('[[d');
    expect(hand.travel.get()).toEqual({ to: 'present' });
    type('d[[gd');
    expect(hand.travel.get()).toEqual({ to: 'copy' });
    expect(await text()).toContain('copy, in memory');
    expect(await text()).toContain('User name');
  });

  it('are nothing to the card while the view is closed', async () => {
    const { type, hand, controller } = await inspecting();
    type('d[]g');
    expect(hand.travel.get()).toEqual({ to: 'present' });
    expect(controller.view.get().developer).toBe(false);
  });

  it('are named in the help', async () => {
    const { text, type } = await draw({ columns: 100, rows: 30 });
    type('?');
    expect(await text()).toContain('d inspect');
    expect(await text()).toMatch(/Developer’s view: \[ \] step {2}g go on from here {2}Esc the present/);
  });
});
