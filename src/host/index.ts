// The host's public face.
export type { Challenge, Random } from './challenges.ts';
export type { NewCard, NewUser } from './enrolment.ts';
export { HostError, type HostErrorCode } from './error.ts';
export { createHost, type CardStatus, type Host, type HostOptions } from './host.ts';
export type { LoginId } from './login-id.ts';
export type { Answer, Credentials, Login } from './login.ts';
export { scryptHasher, type PasswordHasher } from './passwords.ts';
export { plainPasswords } from './plain-passwords.ts';
export type { Policy } from './policy.ts';
export type { HostClock } from './reply-time.ts';
export { isSerial } from './serial.ts';
export type { Session, SessionStatus } from './sessions.ts';
export { MemoryStore } from './store/memory.ts';
export type {
  Attempt,
  EnrolledCard,
  LoginRecord,
  Opening,
  SessionRecord,
  Store,
  UserRecord,
} from './store/store.ts';
