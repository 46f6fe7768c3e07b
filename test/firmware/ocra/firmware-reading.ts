// The firmware's answer to a request: what is compared with the second reading.
import { createResponder, parseSuite } from '../../../src/firmware/ocra/index.ts';
import type { OcraRequest } from './second-reading.ts';

/** The response of a new responder. */
export function firmwareReading(request: OcraRequest): string {
  const { suite, keyHex, question, counter, pin, pinHashHex, sessionHex, timeSteps } = request;
  return createResponder(
    parseSuite(suite),
    Buffer.from(keyHex, 'hex'),
  )({
    question,
    counter: counter === undefined ? undefined : BigInt(counter),
    pin,
    pinHash: pinHashHex === undefined ? undefined : Buffer.from(pinHashHex, 'hex'),
    session: sessionHex === undefined ? undefined : Buffer.from(sessionHex, 'hex'),
    timeSteps: timeSteps === undefined ? undefined : BigInt(timeSteps),
  });
}
