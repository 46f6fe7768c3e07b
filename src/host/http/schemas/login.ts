// The ceremony: what a login begins with, what follows, the answer and the session it opens.
import { z } from '@hono/zod-openapi';
import { id, kind, knownBrowser, name, password, serial, time, token } from './fields.ts';

/** Path parameters. */
export const loginId = z.object({ id });

export const loginRequest = z
  .strictObject({ name, password, knownBrowser: knownBrowser.optional() })
  .openapi('LoginRequest');

const shownChallenge = {
  id,
  challenge: z.string().openapi({ example: '483921', description: 'what to type into the device' }),
  serial,
  expiresAt: time,
  attemptsLeft: z.int().openapi({ example: 3 }),
};

export const challengeShown = z.object(shownChallenge).openapi('Challenge');

export const sessionOpened = z
  .object({
    token,
    user: name,
    kind,
    expiresAt: time,
    knownBrowser: knownBrowser.optional(),
  })
  .openapi('Session');

export const loginBegun = z
  .discriminatedUnion('step', [
    z.object({ step: z.literal('challenge'), ...shownChallenge }).openapi('ChallengeStep'),
    z
      .object({ step: z.literal('device'), id, devices: z.array(serial), expiresAt: time })
      .openapi('DeviceStep'),
    z
      .object({ step: z.literal('activation'), session: sessionOpened, devices: z.array(serial) })
      .openapi('ActivationStep'),
  ])
  .openapi('LoginBegun');

export const deviceChoice = z.strictObject({ serial }).openapi('DeviceChoice');

export const answer = z
  .strictObject({
    response: z
      .string()
      .max(32)
      .openapi({ example: '12345678', description: 'the digits that the device shows' }),
  })
  .openapi('Answer');
