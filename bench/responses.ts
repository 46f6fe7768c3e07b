// How fast OCRA answers many challenges for one key.
import { createHmac, createSecretKey } from 'node:crypto';
import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { HOTP, Secret } from 'otpauth';
import { generateSync } from 'otplib';
import { createResponder, hashPin, parseSuite } from '../src/firmware/ocra/index.ts';
import { createMessageWriter } from '../src/firmware/ocra/message.ts';
import { perSecond, rates } from './rate.ts';
import { atLeast, type Row } from './row.ts';

const SUITE = parseSuite('OCRA-1:HOTP-SHA1-8:QN06-PSHA1');
const KEY = Buffer.from('12345678901234567890');
const CHALLENGES = Array.from({ length: 1000 }, (_, i) => String(100_000 + 7 * i));

/** The responder beside the same HMAC by other means; and HOTP, the nearest thing the known libraries compute. */
export async function responseRows(): Promise<Row[]> {
  const respond = createResponder(SUITE, KEY);
  const pinHash = hashPin(SUITE, '1234');
  const challenge = (call: number): string => CHALLENGES[call % CHALLENGES.length] ?? '';
  const write = createMessageWriter(SUITE);
  let mac: Uint8Array = new Uint8Array(20);
  const answer = (call: number, hash: (message: Uint8Array) => Uint8Array): string => {
    write({ question: challenge(call), pinHash }, (message) => {
      mac = hash(message);
    });
    return truncate(mac);
  };
  const keyObject = createSecretKey(KEY);
  const secret = new Secret({ buffer: Uint8Array.from(KEY).buffer });

  const measured = await rates({
    responder: (call) => respond({ question: challenge(call), pinHash }),
    createHmac: (call) => answer(call, (message) => createHmac('sha1', keyObject).update(message).digest()),
    noble: (call) => answer(call, (message) => hmac(sha1, KEY, message)),
    otpauth: (call) => HOTP.generate({ secret, digits: 8, counter: call }),
    otplib: (call) => generateSync({ strategy: 'hotp', secret: KEY, digits: 8, counter: call }),
  });

  const row = (peer: string, rate: number, least?: number): Row => {
    const ratio = measured.responder / rate;
    const value = perSecond(measured.responder);
    const beside = { what: 'OCRA responses, one key', value, peer, peerValue: perSecond(rate), ratio };
    return least === undefined ? beside : { ...beside, goal: atLeast(least, ratio) };
  };
  return [
    row('OCRA by node:crypto createHmac, KeyObject', measured.createHmac, 1.3),
    row('OCRA by noble hmac, one-shot', measured.noble, 2),
    row('otpauth HOTP', measured.otpauth),
    row('otplib HOTP', measured.otplib),
  ];
}

function truncate(mac: Uint8Array): string {
  const view = new DataView(mac.buffer, mac.byteOffset);
  const value = view.getUint32((mac[19] ?? 0) & 0xf) & 0x7fffffff;
  return String(value % 100_000_000).padStart(8, '0');
}
