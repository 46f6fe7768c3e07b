// Waiting for the display, so that a script need not guess how long the card takes.
import { CardError } from './card-error.ts';
import type { Clock } from './clock.ts';

/** A display that can be read and listened to. */
interface Display {
  display(): string;
  subscribe(listener: (display: string) => void): () => void;
}

/**
 * Resolves with the display's text as soon as it is `text`, or matches it.
 *
 * @param timeout - milliseconds of the clock.
 * @throws {CardError} `timeout`.
 */
export function waitForText(
  card: Display,
  clock: Clock,
  text: string | RegExp,
  timeout: number,
): Promise<string> {
  // search(), unlike test(), does not remember where a global expression matched last.
  const matches = (shown: string): boolean =>
    typeof text === 'string' ? shown === text : shown.search(text) >= 0;
  const shown = card.display();
  if (matches(shown)) return Promise.resolve(shown);

  return new Promise((resolve, reject) => {
    const unsubscribe = card.subscribe((now) => {
      if (!matches(now)) return;
      stop();
      resolve(now);
    });
    const cancel = clock.wakeAt(clock.now() + timeout, () => {
      stop();
      reject(timedOut(text, timeout, card.display()));
    });
    const stop = (): void => {
      unsubscribe();
      cancel();
    };
  });
}

function timedOut(text: string | RegExp, timeout: number, shown: string): CardError {
  const wanted = typeof text === 'string' ? `"${text}"` : String(text);
  const instead = shown === '' ? 'nothing (the card is off)' : `"${shown}"`;
  return new CardError('timeout', `waited ${timeout} ms for ${wanted}, but the display shows ${instead}`);
}
