// ASCII text as bytes. Firmware has no TextEncoder: that is the platform's, not the language's.

/** The character codes of a text that is known to be ASCII. */
export function asciiToBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
