// ASCII text as bytes. Firmware has no TextEncoder: that is the platform's, not the language's.

/** The character codes of a text that is known to be ASCII. */
export function asciiToBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
