// OCRA, the OATH challenge-response algorithms (RFC 6287): all that a host may know of the firmware.
export { OcraError, type OcraErrorCode, type SuitePart } from './error.ts';
export { KEY_BYTES } from './key.ts';
export { hashPin, timeStepsAt, type DataInputs } from './message.ts';
export { hasUniqueEncoding, type Question } from './question.ts';
export { createResponder, sameResponse, type Responder } from './response.ts';
export {
  parseSuite,
  printSuite,
  type HashName,
  type QuestionFormat,
  type Suite,
  type SuiteParts,
} from './suite.ts';
