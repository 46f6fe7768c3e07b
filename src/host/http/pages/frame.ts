// What every page needs to know.
import type { SessionStatus } from '../../sessions.ts';
import type { Language } from '../../text/language.ts';
import type { Texts } from '../text/texts.ts';
import type { ShownNotice } from './notice.ts';

export interface Frame {
  readonly language: Language;
  readonly text: Texts;
  /** Who is logged in. */
  readonly session: SessionStatus | undefined;
  readonly notice: ShownNotice | undefined;
  /** The page's own address, for the switch of languages. */
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}
