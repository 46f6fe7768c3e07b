import { describe, expect, it } from 'vitest';
import { DEMO } from '../../../src/ui/terminal/demo.ts';
import { sitDown, type Sitting } from './sitting.ts';

/** Switches the card on with `p` and waits for it. */
function switchOn({ type, clock }: Sitting): void {
  type('p');
  clock.advance(3000);
}

/** Kitty's reports of a key, by its character. */
const down = (character: string): string =>
  `\u{1B}[${character.codePointAt(0)};1:1;${character.codePointAt(0)}u`;
const held = (character: string): string => `\u{1B}[${character.codePointAt(0)};1:2u`;
const up = (character: string): string => `\u{1B}[${character.codePointAt(0)};1:3u`;

describe('the whole ceremony', () => {
  it('ends logged in, by keys alone', async () => {
    const sitting = await sitDown();
    const { card, desk, clock, type, until } = sitting;
    const challenge = await sitting.getChallenge();
    type('\t');
    switchOn(sitting);
    type(`${DEMO.pin}\r`);
    clock.advance(1000);
    type(`${challenge}\r`);
    clock.advance(1000);
    expect(card.state()).toBe('response');
    const response = card.display();
    type(`\t${response.slice(0, 4)} ${response.slice(4)}\r`);
    await until(() => !desk.form.get().busy);
    expect(desk.form.get()).toMatchObject({ page: 'inside', session: { user: 'demo' } });
  });

  it('is refused with a wrong PIN, though the card shows eight digits', async () => {
    const sitting = await sitDown();
    const { card, desk, clock, type, until } = sitting;
    const challenge = await sitting.getChallenge();
    type('\t');
    switchOn(sitting);
    type(`4321\r`);
    clock.advance(1000);
    type(`${challenge}\r`);
    clock.advance(1000);
    expect(card.display()).toMatch(/^\d{8}$/);
    type(`\t${card.display()}\r`);
    await until(() => !desk.form.get().busy);
    expect(desk.form.get()).toMatchObject({
      page: 'code',
      notice: { code: 'wrong-response', attemptsLeft: 2 },
    });
  });
});

describe('on a plain terminal', () => {
  it('"p" holds "press" by itself for as long as the card needs', async () => {
    const { card, clock, finger, type } = await sitDown();
    type('p');
    expect(finger.touch.get()).toMatchObject({ key: 'press', latched: true });
    clock.advance(1999);
    expect(card.state()).toBe('off');
    clock.advance(1);
    expect(card.state()).toBe('selfTest');
    clock.advance(500);
    expect(card.display()).toBe('PIN>');
    expect(finger.touch.get()).toBeUndefined();
  });

  it('any other key cuts the hold short, and does nothing else', async () => {
    for (const key of ['5', '\r', 'q', 'm', 'x', '\u{1B}[A']) {
      const { card, clock, finger, asked, type } = await sitDown();
      type('p');
      clock.advance(1000);
      type(key);
      expect(finger.touch.get()).toBeUndefined();
      clock.advance(5000);
      expect(card.display()).toBe('');
      expect(asked).toEqual([]);
    }
  });

  it('a "p" that the keyboard repeats is one hold, however long it lasts', async () => {
    const { card, clock, type } = await sitDown();
    type('p');
    clock.advance(500);
    for (let times = 0; times < 200; times++) {
      type('p');
      clock.advance(30);
    }
    expect(card.state()).toBe('pin');
  });

  it('a "p" pressed anew switches the card off', async () => {
    const sitting = await sitDown();
    switchOn(sitting);
    switchOn(sitting);
    expect(sitting.card.state()).toBe('off');
  });

  it('keys typed at once are pressed one after the other, and none is lost', async () => {
    const sitting = await sitDown();
    switchOn(sitting);
    sitting.type('12\u{7F}34');
    sitting.clock.advance(1000);
    expect(sitting.card.display()).toBe('PIN>***');
  });
});

describe('where the terminal reports releases', () => {
  it('keys are held for as long as they are', async () => {
    const { card, clock, finger, type } = await sitDown({ tellsReleases: true });
    type(down('p'));
    clock.advance(1000);
    type(held('p'));
    clock.advance(999);
    type(up('p'));
    clock.advance(3000);
    expect(card.state()).toBe('off');
    type(down(' '));
    clock.advance(2600);
    expect(card.state()).toBe('pin');
    expect(finger.touch.get()).toMatchObject({ key: 'press', latched: false });
    type(up(' '));
    expect(finger.touch.get()).toBeUndefined();
  });

  it('a key whose release is never told does not block the keypad', async () => {
    const { card, clock, finger, type } = await sitDown({ tellsReleases: true });
    type(down('p'));
    clock.advance(2600);
    type('\u{1B}[O');
    expect(finger.touch.get()).toBeUndefined();
    type(down('1'));
    clock.advance(1000);
    type(down('2'));
    clock.advance(1000);
    expect(card.display()).toBe('PIN>**');
  });

  it('a key that is repeated is still one press', async () => {
    const { card, clock, type } = await sitDown({ tellsReleases: true });
    type(down('p'));
    clock.advance(2600);
    type(up('p') + down('1'));
    clock.advance(500);
    type(held('1').repeat(20) + up('1'));
    clock.advance(1000);
    expect(card.display()).toBe('PIN>*');
  });

  it('digits that come as plain bytes all the same are tapped', async () => {
    const { card, clock, finger, type } = await sitDown({ tellsReleases: true });
    type(down('p'));
    clock.advance(2600);
    type(`${up('p')}12`);
    clock.advance(1000);
    expect(card.display()).toBe('PIN>**');
    expect(finger.touch.get()).toBeUndefined();
  });
});

describe('the focus', () => {
  it('decides whether a letter is a command or text', async () => {
    const { controller, desk, asked, type } = await sitDown();
    type('\tqm?p1');
    expect(desk.form.get()).toMatchObject({ page: 'credentials', name: { text: 'qm?p1' } });
    expect(asked).toEqual([]);
    type('\tm');
    expect(asked).toEqual(['mouse off']);
    expect(controller.view.get()).toMatchObject({ focus: 'card', mouse: false });
    type('mq');
    expect(asked).toEqual(['mouse off', 'mouse on', 'leave']);
  });

  it('makes no difference to Ctrl-C and Ctrl-Z', async () => {
    const { asked, type } = await sitDown();
    type('\u{3}\u{1A}\t\u{3}\u{1A}?\u{3}');
    expect(asked).toEqual(['leave', 'suspend', 'leave', 'suspend', 'leave']);
  });

  it('comes back from the help with any key, which does nothing else', async () => {
    for (const key of ['q', '\t', '\r', '\u{1B}[A']) {
      const { controller, asked, type } = await sitDown();
      type('?');
      expect(controller.view.get().help).toBe(true);
      type(key);
      expect(controller.view.get()).toMatchObject({ help: false, focus: 'card' });
      expect(asked).toEqual([]);
    }
  });
});

describe('a paste', () => {
  it('is typed key by key on the card, but gives no commands', async () => {
    const sitting = await sitDown();
    const { card, clock, asked, type } = sitting;
    switchOn(sitting);
    type('\u{1B}[200~pin: 12-34q?m\n\u{1B}[201~');
    clock.advance(2000);
    expect(card.display()).toBe('CHALLNG>');
    expect(asked).toEqual([]);
  });

  it('is typed into the login, its line ends as Enter', async () => {
    const { desk, type } = await sitDown();
    type('\t\u{1B}[200~demo\r\ndemo-pass\u{1B}[201~');
    expect(desk.form.get()).toMatchObject({
      at: 'password',
      name: { text: 'demo' },
      password: { text: 'demo-pass' },
    });
  });
});

describe('the mouse', () => {
  const area = (x: number) => () => ({ x, y: 0, width: 4, height: 3 });

  it('holds a button of the card for as long as it is held', async () => {
    const { card, clock, targets, type } = await sitDown();
    targets.add('key:press', area(10));
    type('\t\u{1B}[<0;12;2M');
    clock.advance(1900);
    type('\u{1B}[<0;12;2m');
    clock.advance(3000);
    expect(card.state()).toBe('off');
    type('\u{1B}[<0;12;2M');
    clock.advance(2100);
    type('\u{1B}[<0;90;30m');
    clock.advance(500);
    expect(card.state()).toBe('pin');
  });

  it('gives the focus to the pane that is clicked', async () => {
    const { controller, desk, targets, click } = await sitDown();
    targets.add('pane:card', area(0));
    targets.add('pane:login', area(10));
    targets.add('spot:password', area(20));
    click(11, 1);
    expect(controller.view.get().focus).toBe('login');
    click(1, 1);
    expect(controller.view.get().focus).toBe('card');
    click(21, 1);
    expect(controller.view.get().focus).toBe('login');
    expect(desk.form.get().at).toBe('password');
  });

  it('does nothing beside the targets, and nothing with its other buttons', async () => {
    const { controller, finger, targets, type, click } = await sitDown();
    targets.add('key:1', area(0));
    click(50, 20);
    type('\u{1B}[<2;1;1M\u{1B}[<64;1;1M');
    expect(finger.touch.get()).toBeUndefined();
    expect(controller.view.get()).toEqual({ focus: 'card', help: false, developer: false, mouse: true });
  });
});
