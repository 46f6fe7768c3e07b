/** @jsxImportSource hono/jsx */
// A moment on a page, in the words of its language.
import type { Frame } from './frame.ts';

/** Where the people are is not known, so the time is UTC, and says so. */
export function Moment({ frame: { language }, at }: { readonly frame: Frame; readonly at: number }) {
  // English with the day before the month.
  const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    hourCycle: 'h23',
    timeZone: 'UTC',
  });
  return <time datetime={new Date(at).toISOString()}>{format.format(at)} UTC</time>;
}

/** `1:58`. */
export function minutes(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
