import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mouseReport } from '../../../../src/ui/terminal/input/mouse-parser.ts';

function report(parameters: string, final = 'M'): unknown {
  return mouseReport({ kind: 'csi', parameters, final });
}

describe('mouse reports', () => {
  it('count cells from 0', () => {
    expect(report('<0;1;1')).toEqual({ kind: 'mouse', action: 'press', button: 'left', column: 0, row: 0 });
    expect(report('<2;300;200', 'm')).toEqual({
      kind: 'mouse',
      action: 'release',
      button: 'right',
      column: 299,
      row: 199,
    });
  });

  it('mean the same button with shift, alt or ctrl held', () => {
    for (const modifiers of [4, 8, 16, 28])
      expect(report(`<${modifiers};5;5`)).toMatchObject({ button: 'left' });
  });

  it('leave out movement, and call the wheel another button', () => {
    expect(report('<32;5;5')).toBeUndefined();
    expect(report('<35;5;5')).toBeUndefined();
    expect(report('<64;5;5')).toMatchObject({ button: 'other' });
    expect(report('<128;5;5')).toMatchObject({ button: 'other' });
  });

  it('are nothing but three numbers after "<"', () => {
    fc.assert(
      fc.property(fc.string(), (parameters) => {
        fc.pre(!/^<\d+;\d+;\d+$/.test(parameters));
        expect(report(parameters)).toBeUndefined();
      }),
    );
    expect(report('<0;1;1', 'H')).toBeUndefined();
  });
});
