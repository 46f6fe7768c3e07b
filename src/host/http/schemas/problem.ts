// A refusal.
import { z } from '@hono/zod-openapi';
import { STATUS_OF } from '../problem.ts';
import type { ProblemCode } from '../wire.ts';
import { time } from './fields.ts';

export const problem = z
  .object({
    type: z.string().openapi({ example: '/v1/docs#wrong-response' }),
    title: z.string().openapi({ example: 'wrong response' }),
    status: z.int().openapi({ example: 401 }),
    detail: z.string().openapi({ example: 'response: is wrong; operate the card again, attempts left: 2' }),
    code: z
      .enum(Object.keys(STATUS_OF) as [ProblemCode, ...ProblemCode[]])
      .openapi({ example: 'wrong-response' }),
    attemptsLeft: z.int().optional().openapi({ example: 2 }),
    retryAt: time.optional(),
  })
  .openapi('Problem');
