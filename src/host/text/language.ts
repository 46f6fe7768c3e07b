// The languages of all texts.

/** The languages there are, by their BCP 47 tags. */
export const LANGUAGES = ['en', 'ru', 'zh-Hant'] as const;

/** One of {@link LANGUAGES}. */
export type Language = (typeof LANGUAGES)[number];
