// Lists of what the host keeps, of any length, as rows for people or as JSON.
import type { DeviceStatus, UserStatus } from '../../../host/index.ts';
import type { Surroundings } from '../../surroundings.ts';
import { table } from '../../table.ts';

/** Records read and printed at a time. */
const PAGE = 500;

/**
 * Prints a list page by page, as it is read.
 *
 * @param next - reads the page after a record; the first without one.
 */
export async function printList<Item>(
  around: Surroundings,
  { json }: { readonly json?: true },
  next: (after: Item | undefined, limit: number) => Promise<readonly Item[]>,
  write: { readonly row: (item: Item) => readonly string[]; readonly json: (item: Item) => object },
): Promise<void> {
  let last: Item | undefined;
  let count = 0;
  for (;;) {
    const page = await next(last, PAGE);
    if (json) {
      const items = page.map((item) => `\n  ${JSON.stringify(write.json(item))}`);
      await around.print(page.map((_, at) => `${count + at === 0 ? '[' : ','}${items[at]}`).join(''));
    } else await around.print(table(page.map(write.row)));
    count += page.length;
    last = page.at(-1);
    if (page.length < PAGE) break;
  }
  if (json) await around.print(count === 0 ? '[]\n' : '\n]\n');
}

/** Names and values, each pair on a line. */
export const printed = (rows: readonly (readonly [string, string | undefined])[]): string =>
  table(rows.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

/** A time as people and programs read it. */
export const timeText = (at: number): string => new Date(at).toISOString();

/** A user in a row. */
export const userRow = ({ name, role, disabled, balance, person }: UserStatus): string[] => [
  name,
  role,
  disabled ? 'disabled' : 'enabled',
  `USD ${balance}`,
  person ?? '',
];

/** A device as JSON: its times in the form of ISO 8601. */
export function deviceJson({ requestedAt, mailedAt, activatedAt, ...device }: DeviceStatus): object {
  return {
    ...device,
    requestedAt: timeText(requestedAt),
    ...(mailedAt !== undefined && { mailedAt: timeText(mailedAt) }),
    ...(activatedAt !== undefined && { activatedAt: timeText(activatedAt) }),
  };
}

/** A device in a row. */
export const deviceRow = ({ serial, state, users }: DeviceStatus): string[] => [
  serial,
  state,
  users.join(', '),
];
