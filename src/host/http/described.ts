// What the descriptions of routes have in common: bodies, refusals, and the gate that a session has to pass.
import type { z } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import type { HostEnv } from './env.ts';
import { STATUS_OF } from './problem.ts';
import { problem } from './schemas/problem.ts';
import type { ProblemCode } from './wire.ts';

/** A JSON body that a request must have. */
export const body = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true as const,
  content: { 'application/json': { schema } },
});

/** A reply with a JSON body. */
export const reply = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  description,
  content: { 'application/json': { schema } },
});

/** A reply without a body. */
export const done = (description: string): { description: string } => ({ description });

/** The name of the security scheme in the document. */
export const SCHEME = 'session';

/** Behind a gate. */
export const behind = (gate: MiddlewareHandler<HostEnv>) => ({
  middleware: gate,
  security: [{ [SCHEME]: new Array<string>() }],
});

/**
 * The replies of a route, and those that refuse with these codes. To the route's type they add nothing: handlers do not
 * return refusals, they throw them.
 */
export function orRefused<Replies extends object>(
  replies: Replies,
  ...codes: readonly ProblemCode[]
): Replies {
  const byStatus = Map.groupBy(['malformed-body' as const, ...codes], (code) => STATUS_OF[code]);
  const refused = [...byStatus].map(([status, of]) => [
    status,
    {
      description: [...new Set(of)].join(', '),
      content: { 'application/problem+json': { schema: problem } },
    },
  ]);
  return { ...replies, ...Object.fromEntries(refused) };
}

/** The codes of a gate. */
export const ANY = ['not-logged-in'] as const;
export const FULL = [...ANY, 'restricted-session'] as const;
export const ADMINISTRATOR = [...FULL, 'not-an-administrator'] as const;
