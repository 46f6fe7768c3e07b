// The pages' texts.
import type { Language } from '../../text/language.ts';
import { lookup, type Lookup } from '../../text/lookup.ts';
import type { TextKey } from './catalog.ts';
import { en } from './en.ts';
import { ru } from './ru.ts';
import { zhHant } from './zh-hant.ts';

/** Looks up a text. */
export type Texts = Lookup<TextKey>;

const CATALOGS = { en, ru, 'zh-Hant': zhHant } as const satisfies Record<Language, unknown>;

/** The texts of a language. */
export const textsIn = (language: Language): Texts => lookup(language, CATALOGS[language]);
