// The audit trail.
import { z } from '@hono/zod-openapi';
import type { AuditEventName } from '../../audit/event.ts';
import { TRAIL_PLACE } from '../trail-place.ts';
import { allOf, askedName, askedSerial, limit, name, serial, time } from './fields.ts';

const EVENTS = allOf<AuditEventName>({
  'user-added': true,
  'user-changed': true,
  'user-disabled': true,
  'user-enabled': true,
  'password-changed': true,
  'password-wrong': true,
  'login-begun': true,
  'login-finished': true,
  'answer-wrong': true,
  'device-enrolled': true,
  'device-requested': true,
  'device-moved': true,
  'device-shared': true,
  'device-unshared': true,
  'reactivation-begun': true,
  'pin-change-begun': true,
  'pin-changed': true,
  'pin-reset': true,
  'session-opened': true,
  'session-ended': true,
  'secrets-resealed': true,
  'chain-begun': true,
});

/** Where a page of the trail ended. */
const cursor = z.string().max(48).regex(TRAIL_PLACE).openapi({ example: '1767225600000.0123456789abcdef.7' });

export const auditPage = z.strictObject({
  before: cursor.optional(),
  limit,
  user: askedName.optional(),
  serial: askedSerial.optional(),
});

export const auditList = z
  .object({
    entries: z.array(
      z
        .object({
          at: time,
          event: z.enum(EVENTS),
          user: name.optional(),
          serial: serial.optional(),
          actor: z.string().optional().openapi({ example: 'administrator:root' }),
          address: z.string().optional().openapi({ example: '192.0.2.7' }),
          detail: z.string().optional(),
          chain: z.string().openapi({ example: '0123456789abcdef' }),
          place: z.int().openapi({ example: 7 }),
        })
        .openapi('AuditEntry'),
    ),
    next: cursor.optional(),
  })
  .openapi('AuditList');
