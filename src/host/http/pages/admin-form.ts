// A form of an administrator: done in the administrator's name, it leads back to the page of the user it came from.
import type { Hono } from 'hono';
import type { z } from 'zod';
import type { Actor } from '../../audit/event.ts';
import type { HostError } from '../../error.ts';
import type { HostEnv } from '../env.ts';
import { administrator } from '../session-gate.ts';
import { sent, type Gates, type Holder } from './gates.ts';
import { userPage } from './link.ts';
import type { Notice } from './notice.ts';

/** What becomes of a form whose `name` is the user's. */
interface AdminForm<Form> {
  readonly act: (form: Form, by: Actor, visit: Holder) => Promise<void>;
  readonly done: Notice['key'];
  /** Where a refusal is said; by default on the user's page too. */
  readonly refusedTo?: (form: Form, error: HostError) => string;
}

/** Who an administrator is to the audit trail. */
export const actor = ({ session }: Holder): Actor => administrator(session);

/** What takes the forms sent to a path. */
export function adminForms(pages: Hono<HostEnv>, gates: Gates) {
  return <Form extends { readonly name: string }>(
    path: string,
    schema: z.ZodType<Form>,
    { act, done, refusedTo = ({ name }) => userPage(name) }: AdminForm<Form>,
  ): void => {
    const handle = sent(schema, {
      async act(visit: Holder, form) {
        await act(form, actor(visit), visit);
        return visit.go(userPage(form.name), { key: done });
      },
      refusedTo,
    });
    pages.post(path, gates.administrator(handle));
  };
}
