import { afterEach, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../../src/host/text/language.ts';
import { clearScreens, draw, type Drawn } from './draw.ts';

afterEach(clearScreens);

/** Cells a line takes: Chinese, Japanese and Korean characters, and full-width forms, take two. */
function widthOf(line: string): number {
  const wide = line.match(
    /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/g,
  );
  return Array.from(line).length + (wide?.length ?? 0);
}

describe('the screen', () => {
  it('shows the card and the login side by side from 100 columns on', async () => {
    const { text, lines } = await draw({ columns: 100, rows: 24 });
    expect(await lines()).toHaveLength(24);
    for (const part of ['Digital Security Card+', 'DSC-04071776', 'press', 'OK', '◄'])
      expect(await text()).toContain(part);
    for (const part of ['User name', 'Password', '[ Log in ]', 'Demo data', 'demo-pass', '1234']) {
      expect(await text()).toContain(part);
    }
  });

  it('shows the pane with the focus below that, and the other one’s news in a line', async () => {
    const { text, type, getChallenge } = await draw({ columns: 80, rows: 24 });
    expect(await text()).toContain('press');
    expect(await text()).not.toContain('Demo data');
    type('\t');
    expect(await text()).toContain('Demo data');
    expect(await text()).toContain('Display: off');
    expect(await text()).not.toContain('╭───╮');
    const challenge = await getChallenge();
    type('\t');
    expect(await text()).toContain(`Challenge Code: ${challenge} expires in 2:00`);
  });

  it('is plain text below 52 columns, or below 20 rows', async () => {
    for (const [columns, rows] of [
      [51, 24],
      [120, 19],
    ] as const) {
      const { text, type } = await draw({ columns, rows });
      expect(await text()).toContain('Display: off');
      expect(await text()).toContain('press 1 2 3 4 5 ◄ 6 7 8 9 0 OK');
      type('\tdemo');
      expect(await text()).toMatch(/▸ User name: demo/);
    }
  });

  it('says so where even that does not fit', async () => {
    for (const [columns, rows] of [
      [29, 24],
      [80, 9],
    ] as const) {
      const { lines } = await draw({ columns, rows });
      expect((await lines()).join(' ')).toContain(`${columns}×${rows}`);
      expect((await lines()).join(' ')).toContain('30×10');
    }
  });

  it('is drawn anew for a new size', async () => {
    const { text, resize } = await draw({ columns: 100, rows: 24 });
    resize(40, 12);
    expect(await text()).toContain('Display: off');
    resize(100, 24);
    expect(await text()).toContain('User name');
    expect(await text()).toContain('╭───╮');
  });

  it('is not drawn again when nothing changes', async () => {
    const { frames, clock, getChallenge, desk } = await draw();
    const atFirst = await frames();
    clock.advance(600_000);
    expect(await frames()).toBe(atFirst);
    await getChallenge();
    const before = await frames();
    for (let second = 1; second <= 10; second++) {
      clock.advance(1000);
      expect(await frames()).toBe(before + second);
    }
    expect(desk.secondsLeft.get()).toBe(110);
  });
});

describe('in every language', () => {
  it.each(LANGUAGES)('%s fits every size, on every page', async (language) => {
    for (const [columns, rows] of [
      [100, 20],
      [120, 40],
      [80, 24],
      [52, 20],
      [51, 30],
      [30, 10],
      [20, 5],
    ] as const) {
      const { lines, type, getChallenge, desk, until, clock, card } = await draw({
        columns,
        rows,
        language,
        policy: { wrongAnswersPerLogin: 2, wrongAnswersPerDevice: 2 },
      });
      const look = async (): Promise<void> => {
        expect((await lines()).length).toBeLessThanOrEqual(rows);
        expect((await lines()).filter((line) => widthOf(line) > columns)).toEqual([]);
        if (columns < 52) return;
        // The frames' right edges stand below one another: no wide character has moved one.
        const edges = (await lines()).map((line) => line.trimEnd()).filter((line) => /[│╮╯]$/.test(line));
        expect(new Set(edges.map(widthOf)).size).toBe(1);
      };
      await look();
      type('?');
      await look();
      type('?p');
      clock.advance(3000);
      expect(card.state()).toBe('pin');
      await look();
      type('\tdemo\r登錄\r');
      await until(() => !desk.form.get().busy);
      await look();
      await getChallenge();
      await look();
      type('00000000\r');
      await until(() => !desk.form.get().busy);
      await look();
      type('00000000\r');
      await until(() => !desk.form.get().busy);
      await look();
      type('demo\rdemo-pass\r');
      await until(() => !desk.form.get().busy);
      expect(desk.form.get().page).toBe('stuck');
      await look();
    }
  });
});

describe('what is drawn of the login', () => {
  it('hides the password, and shows where the next character goes', async () => {
    const { text, type } = await draw();
    type('\tdemo\rsecret');
    expect(await text()).toContain('••••••');
    expect(await text()).not.toContain('secret');
    expect(await text()).toContain('▸ Password');
  });

  it('says that it is checking, what was wrong, and how many attempts are left', async () => {
    const { promise: ready, resolve } = Promise.withResolvers<void>();
    const { text, type, getChallenge, until, desk } = await draw({ ready });
    type('\tdemo\rwrong\r');
    expect(await text()).toContain('Checking…');
    resolve();
    await until(() => !desk.form.get().busy);
    expect(await text()).toContain('User name or password is wrong');
    await getChallenge();
    type('00000000\r');
    await until(() => !desk.form.get().busy);
    expect(await text()).toContain('2 attempts left');
  });

  it('says that the challenge has expired', async () => {
    const { text, clock, getChallenge } = await draw();
    await getChallenge();
    expect(await text()).toContain('expires in 2:00');
    clock.advance(119_000);
    expect(await text()).toContain('expires in 0:01');
    clock.advance(1000);
    expect(await text()).toContain('The Challenge Code has expired.');
    expect(await text()).toContain('User name');
  });
});

describe('what to do next', () => {
  /** The whole ceremony on the card, for this challenge. It is off before, and shows the response after. */
  function respond({ type, clock }: Drawn, challenge: string, pin = '1234'): void {
    type('p');
    clock.advance(3000);
    type(`${pin}\r`);
    clock.advance(1000);
    type(`${challenge}\r`);
    clock.advance(1000);
  }

  it('is to enter the response, but only of the challenge on the login screen', async () => {
    const drawn = await draw();
    const { text, type, getChallenge, face } = drawn;
    respond(drawn, '111111');
    expect(face.get()).toMatchObject({ state: 'response', answered: '111111' });
    expect(await text()).toContain('for an earlier challenge');
    const challenge = await getChallenge();
    type('\t');
    expect(await text()).toContain('for an earlier challenge');
    type('p');
    drawn.clock.advance(3000);
    expect(face.get()).toEqual({ line: '', state: 'off', response: '', page: 0, answered: undefined });
    respond(drawn, challenge);
    expect(await text()).toContain('Enter these digits as the Security Code');
    type(`\t${face.get().line}\r`);
    await drawn.until(() => drawn.desk.form.get().page === 'inside');
    type('\t');
    expect(await text()).toContain('→ You are logged in.');
    type('p');
    drawn.clock.advance(3000);
    respond(drawn, challenge, '4321');
    expect(await text()).toContain('for an earlier challenge');
  });

  it('is to operate the card again when its response was refused, but not for a slip in typing it', async () => {
    const drawn = await draw();
    const { text, type, desk, until, face } = drawn;
    const challenge = await drawn.getChallenge();
    type('\t');
    respond(drawn, challenge, '4321');
    type('\t00000000\r');
    await until(() => !desk.form.get().busy);
    type('\t');
    expect(await text()).toContain('Enter these digits as the Security Code');
    type(`\t${face.get().line}\r`);
    await until(() => !desk.form.get().busy);
    type('\t');
    expect(await text()).toContain('This response was refused: hold press to switch off, then on again.');
  });
});

describe('the lowest lines', () => {
  it('wrap where columns are few and rows are free, and lose nothing', async () => {
    const { text, getChallenge } = await draw({ columns: 60, rows: 24 });
    expect(await text()).toMatch(/q quit/);
    await getChallenge();
    expect(await text()).toContain('response here.');
    expect(await text()).toContain('Ctrl-C quit');
  });
});

describe('the help', () => {
  it.each(LANGUAGES)('names every key, of 80 columns and 24 rows, in %s', async (language) => {
    const { text, type } = await draw({ columns: 80, rows: 24, language });
    type('?');
    const keys = [
      '0-9',
      'Enter',
      'Backspace',
      'p/',
      '?',
      'm ',
      'q ',
      '↑↓',
      '←→',
      'Esc',
      'Tab',
      'Ctrl-C',
      'Ctrl-Z',
    ];
    for (const key of keys) expect(await text()).toContain(key);
  });
});

describe('a sentence', () => {
  it.each(LANGUAGES)('begins no line with the space it was broken at, in %s', async (language) => {
    for (let columns = 52; columns < 75; columns++) {
      const { lines, controller, type, desk } = await draw({ columns, rows: 30, language });
      const indents = async (): Promise<number[]> =>
        (await lines()).slice(-6).flatMap((line) => (line.trim() === '' ? [] : [line.search(/\S/)]));
      expect(controller.view.get().focus).toBe('card');
      expect(new Set((await indents()).filter((indent) => indent < 3))).toEqual(new Set([1]));
      type('\t');
      expect(desk.form.get().page).toBe('credentials');
      expect(new Set((await indents()).filter((indent) => indent < 3))).toEqual(new Set([1]));
    }
  });
});

describe('the demo’s data', () => {
  it('say where the pages are, and who administers', async () => {
    const { text } = await draw({ columns: 100, rows: 24 });
    for (const part of ['http://127.0.0.1:65535', 'administrator admin'])
      expect(await text()).toContain(part);
  });
});

describe('a notice', () => {
  it('stands apart from the demo’s data below it, which stay whole, and moves no field', async () => {
    for (const language of LANGUAGES) {
      const { text, lines, type, desk, until, getChallenge } = await draw({
        language,
        columns: 80,
        rows: 24,
        policy: { wrongAnswersPerLogin: 1 },
      });
      type('\t');
      const button = async () => (await lines()).findIndex((line) => line.includes('[ '));
      const before = await button();
      type('\t');
      await getChallenge();
      type('00000000\r');
      await until(() => !desk.form.get().busy);
      const all = await lines();
      const demo = all.findIndex((line) => line.includes('http://'));
      for (const part of [' admin ', ' demo ', 'demo-pass', '1234']) expect(await text()).toContain(part);
      expect(await button()).toBe(before);
      expect(all[demo - 1]).toMatch(/^\s*│\s+│\s*$/);
      expect(all[demo - 2]).toMatch(/[^\s│]/);
    }
  });

  it('says how to get back in where the card was reported lost, beside all of the demo’s data', async () => {
    for (const language of LANGUAGES) {
      const { text, type, desk, until, host } = await draw({ language, columns: 60, rows: 20 });
      await host.reportLost('demo', 'DSC-04071776');
      type('\tdemo\rdemo-pass\r');
      await until(() => desk.form.get().notice !== undefined);
      const words = (await text()).replaceAll(/[│\s]+/g, '');
      expect(words).toMatch(/startthedemoagain|запуститедемонстрациюзаново|重新啟動演示/);
      for (const part of ['http://', 'demo-pass', 'admin', '1234']) expect(words).toContain(part);
    }
  });

  it('has full-width colons in Chinese', async () => {
    const { text, type } = await draw({ language: 'zh-Hant', columns: 51 });
    type('\t');
    expect(await text()).toContain('演示數據：');
    expect(await text()).not.toMatch(/[\p{Script=Han}]:/u);
  });
});

describe('clicks', () => {
  it('land on what is drawn, in every layout', async () => {
    const { lines, click, type, finger, controller, desk, resize } = await draw();
    for (const [columns, rows] of [
      [100, 24],
      [120, 40],
      [80, 24],
    ] as const) {
      resize(columns, rows);
      if (controller.view.get().focus === 'login') type('\t');
      const row = (await lines()).findIndex((line) => line.includes('│ 7 │'));
      const column = ((await lines())[row] ?? '').indexOf('│ 7 │');
      type(`\u{1B}[<0;${column + 3};${row + 1}M`);
      expect(finger.touch.get()?.key).toBe('7');
      type(`\u{1B}[<0;${column + 3};${row + 1}m`);
      finger.letGo();
    }
    resize(100, 24);
    const row = (await lines()).findIndex((line) => line.includes('Password'));
    click(((await lines())[row] ?? '').indexOf('Password') + 5, row + 1);
    expect(desk.form.get().at).toBe('password');
    expect(controller.view.get().focus).toBe('login');
  });
});

describe('to a screen reader', () => {
  it('display and buttons are words', async () => {
    const { text, type, clock, card } = await draw({ spoken: true });
    expect(await text()).toContain('Display: off');
    expect(await text()).toContain('press, 1, 2, 3, 4, 5, back arrow, 6, 7, 8, 9, 0, OK');
    expect(await text()).not.toMatch(/[│╭┏█]/);
    type('p');
    clock.advance(2000);
    expect(await text()).toContain('Display: all segments lit');
    clock.advance(1000);
    type('12');
    clock.advance(1000);
    expect(card.display()).toBe('PIN>**');
    expect(await text()).toContain('Display: PIN>, 2 digits entered');
  });

  it('digits are read one by one', async () => {
    const { text, type, clock, getChallenge } = await draw({ spoken: true });
    const challenge = await getChallenge();
    type('\tp');
    clock.advance(3000);
    type('1234\r');
    clock.advance(1000);
    type(challenge);
    clock.advance(1000);
    expect(await text()).toContain(`Display: ${Array.from(challenge).join(' ')}`);
  });

  it('fields have a role, and a password is told by its length', async () => {
    const { text, type } = await draw({ spoken: true });
    type('\tdemo\rsecret');
    expect(await text()).toContain('textbox: User name: demo');
    expect(await text()).toContain('textbox: (selected) Password: 6 characters');
    expect(await text()).toContain('button: Log in');
  });
});
