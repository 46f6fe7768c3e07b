// Sessions: who is logged in, and where else.
import { z } from '@hono/zod-openapi';
import { kind, name, role, serial, time } from './fields.ts';

export const sessionShown = z
  .object({
    user: name,
    role,
    kind,
    serial: serial.optional(),
    expiresAt: time,
  })
  .openapi('SessionStatus');

export const sessionList = z
  .object({
    sessions: z.array(
      z.object({
        kind,
        serial: serial.optional(),
        openedAt: time,
        seenAt: time,
        expiresAt: time,
        current: z.boolean(),
      }),
    ),
  })
  .openapi('SessionList');

export const sessionsEnded = z.object({ ended: z.int().openapi({ example: 1 }) }).openapi('SessionsEnded');
