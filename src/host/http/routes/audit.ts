// The administrator's desk: the audit trail.
import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import type { Administration } from '../../administration.ts';
import { ADMINISTRATOR, behind, orRefused, reply } from '../described.ts';
import type { HostEnv } from '../env.ts';
import { auditList, auditPage } from '../schemas/audit.ts';
import type { SessionGates } from '../session-gate.ts';
import * as shown from '../shown.ts';
import { parsePlace, printPlace } from '../trail-place.ts';

export function auditRoutes(host: Administration, gates: SessionGates): OpenAPIHono<HostEnv> {
  const list = createRoute({
    ...behind(gates.administrator),
    method: 'get',
    path: '/audit',
    tags: ['administration: audit trail'],
    operationId: 'readAudit',
    summary: 'The audit trail, of everything or of one user or device',
    request: { query: auditPage },
    responses: orRefused({ 200: reply('The newest entries first', auditList) }, ...ADMINISTRATOR),
  });

  return new OpenAPIHono<HostEnv>().openapi(list, async (c) => {
    const { before, limit, user, serial } = c.req.valid('query');
    const entries = await host.trail({ before: parsePlace(before), limit, user, serial });
    const last = entries.length === limit ? entries.at(-1) : undefined;
    return c.json({ entries: entries.map(shown.auditEntry), next: last && printPlace(last) }, 200);
  });
}
