// The shape every language's texts have: the English keys, and of a plural the forms that language has.

type EnglishForm = 'one' | 'other';

/** The texts of a language that has these plural forms. */
export type Translated<English, Forms extends Intl.LDMLPluralRule> = {
  readonly [
    Key in keyof English as Key extends `${infer Base}_${EnglishForm}` ? `${Base}_${Forms}` : Key
  ]: English[Key] extends string ? string : Translated<English[Key], Forms>;
};

/** What texts are looked up by: `'login.title'`; of a plural without its form. */
export type KeyOf<English> = {
  [Key in keyof English & string]: English[Key] extends string
    ? Key extends `${infer Base}_${EnglishForm}`
      ? Base
      : Key
    : `${Key}.${KeyOf<English[Key]>}`;
}[keyof English & string];
