// Who an administrator is to the audit trail, and the page that most of what an administrator does leads back to.
import type { Actor } from '../../audit/event.ts';
import { administrator } from '../session-gate.ts';
import type { Holder } from './gates.ts';
import { link } from './link.ts';

export const actor = ({ session }: Holder): Actor => administrator(session);

export const userPage = (name: string): string => link('/admin/user', { name });
