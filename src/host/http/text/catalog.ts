// The shape every language's texts have: the English keys, and of a plural the forms that language has.
import type { en } from './en.ts';

type EnglishForm = 'one' | 'other';

type Translated<Texts, Forms extends Intl.LDMLPluralRule> = {
  readonly [
    Key in keyof Texts as Key extends `${infer Base}_${EnglishForm}` ? `${Base}_${Forms}` : Key
  ]: Texts[Key] extends string ? string : Translated<Texts[Key], Forms>;
};

/** The texts of a language that has these plural forms. */
export type Catalog<Forms extends Intl.LDMLPluralRule> = Translated<typeof en, Forms>;

type Keys<Texts> = {
  [Key in keyof Texts & string]: Texts[Key] extends string
    ? Key extends `${infer Base}_${EnglishForm}`
      ? Base
      : Key
    : `${Key}.${Keys<Texts[Key]>}`;
}[keyof Texts & string];

/** What a text is looked up by: `'login.title'`; of a plural without its form. */
export type TextKey = Keys<typeof en>;
