// Serial numbers, which name a card among all cards.

const SERIAL = /^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/;

/**
 * Whether a text can be a card's serial number: 1 to 32 ASCII letters, digits or hyphens, the first no hyphen. So it fits
 * a line, a file's name, a URL and a command's arguments.
 */
export const isSerial = (text: unknown): text is string => typeof text === 'string' && SERIAL.test(text);
