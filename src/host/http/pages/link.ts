// Addresses of pages, with what a person or the database put into them encoded.

/** A path with a query; what is undefined is left out. */
export function link(path: string, query: Readonly<Record<string, string | undefined>> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, value);
  return search.size > 0 ? `${path}?${search.toString()}` : path;
}

/** The administrator's page of a user. */
export const userPage = (name: string): string => link('/admin/user', { name });
