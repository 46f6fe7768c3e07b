// The shape of the terminal's texts in every language.
import type { KeyOf, Translated } from '../../host/text/catalog.ts';
import type { en } from './en.ts';

/** The texts of a language that has these plural forms. */
export type Catalog<Forms extends Intl.LDMLPluralRule> = Translated<typeof en, Forms>;

/** What a text is looked up by. */
export type TextKey = KeyOf<typeof en>;
