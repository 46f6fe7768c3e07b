// What a card refuses. A card never complains about what is typed into it: it cannot know.

/** Why a card could not be made, restored or pictured, or was waited for in vain. */
export type CardErrorCode =
  | 'unsuitable-suite'
  | 'unsuitable-key'
  | 'unsuitable-profile'
  | 'unsuitable-snapshot'
  | 'holds-secrets'
  | 'timeout'
  | 'no-response';

/** A card that cannot be, or that did not do what was awaited. The message never repeats a key. */
export class CardError extends Error {
  override readonly name = 'CardError';
  readonly code: CardErrorCode;

  constructor(code: CardErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
