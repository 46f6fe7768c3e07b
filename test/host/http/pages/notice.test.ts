import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseNotice, printNotice } from '../../../../src/host/http/pages/notice.ts';
import { site } from './site.ts';
import { visitor } from './visitor.ts';

test.each([
  'refused.wrong-response',
  'refused.wrong-response~',
  'refused.wrong-response~-1',
  'refused.wrong-response~01',
  'refused.wrong-response~1.5',
  'refused.wrong-response~1e3',
  'refused.wrong-response~86401',
  'refused.wrong-response~999999999',
  'refused.bad-credentials~5',
  'done.logged-out~1',
  'refused.constructor',
  'other.text',
  '',
  'refused.bad-credentials\n',
])('the cookie %j says nothing', (cookie) => {
  expect(parseNotice(cookie)).toBeUndefined();
});

test('a count goes into the cookie and comes back, one beyond all measure as the largest there is', () => {
  fc.assert(
    fc.property(fc.nat(), (count) => {
      const notice = { key: 'refused.too-many-tries', count } as const;
      expect(parseNotice(printNotice(notice))).toEqual({ ...notice, count: Math.min(count, 86_400) });
    }),
  );
});

test('a count that somebody planted is not shown', async () => {
  const ann = visitor(await site());
  ann.cookies.set('dsc-notice', 'refused.wrong-response~77777');
  expect((await ann.go('/')).html).toContain('77777');
  ann.cookies.set('dsc-notice', 'refused.wrong-response~777777777');
  expect((await ann.go('/')).html).not.toContain('77777');
});
