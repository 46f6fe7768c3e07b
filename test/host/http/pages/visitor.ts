// Somebody with a browser that runs no script: keeps cookies, sends forms, follows where it is sent.
import { passwordOf, PIN, type Site } from './site.ts';

/** A page, or a reply that leads to one. */
export interface Seen {
  readonly status: number;
  /** The address it stands at, after all redirects. */
  readonly path: string;
  readonly html: string;
  readonly headers: Headers;
}

export interface Visitor {
  /** Name and value of all cookies. */
  readonly cookies: Map<string, string>;
  /** Every `Set-Cookie` so far. */
  readonly set: readonly string[];
  /** One request, no redirect followed; a form is sent by POST. */
  readonly send: (path: string, form?: Form, headers?: Readonly<Record<string, string>>) => Promise<Seen>;
  /** The same, and on to the page it leads to. */
  readonly go: (path: string, form?: Form) => Promise<Seen>;
  /** Enters name and right password. */
  readonly enter: (user: string) => Promise<Seen>;
  /** Answers the challenge of a page with what a card shows. */
  readonly answer: (page: Seen, serial: string, pin?: string) => Promise<Seen>;
  /** The whole login. */
  readonly logIn: (user: string, serial: string) => Promise<Seen>;
}

type Form = Readonly<Record<string, string>>;

const ORIGIN = 'http://localhost';

export function visitor(
  { app, card }: Site,
  {
    headers: own = {},
    origin = ORIGIN,
  }: { headers?: Readonly<Record<string, string>>; origin?: string } = {},
): Visitor {
  const cookies = new Map<string, string>();
  const set: string[] = [];

  async function send(path: string, form?: Form, more: Readonly<Record<string, string>> = {}): Promise<Seen> {
    const headers = new Headers({ accept: 'text/html', ...own });
    const jar = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    if (jar !== '') headers.set('cookie', jar);
    if (form) headers.set('origin', origin);
    for (const [name, value] of Object.entries(more)) headers.set(name, value);
    const body = form && new URLSearchParams(form).toString();
    if (form && !headers.has('content-type')) {
      headers.set('content-type', 'application/x-www-form-urlencoded');
    }
    const reply = await app.request(origin + path, {
      method: form ? 'POST' : 'GET',
      headers,
      ...(body && { body }),
    });
    for (const line of reply.headers.getSetCookie()) keep(line);
    return { status: reply.status, path, html: await reply.text(), headers: reply.headers };
  }

  function keep(line: string): void {
    set.push(line);
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (/max-age=0/i.test(line)) cookies.delete(name);
    else cookies.set(name, decodeURIComponent(value));
  }

  async function go(path: string, form?: Form): Promise<Seen> {
    let seen = await send(path, form);
    while (seen.status === 303) seen = await send(seen.headers.get('location') ?? '');
    return seen;
  }

  const answer = (page: Seen, serial: string, pin = PIN): Promise<Seen> => {
    const challenge = challengeOn(page);
    return go('/challenge', { challenge, response: card(serial).answer(pin, challenge) });
  };
  const enter = (user: string): Promise<Seen> => go('/login', { name: user, password: passwordOf(user) });

  return {
    cookies,
    set,
    send,
    go,
    enter,
    answer,
    logIn: async (user, serial) => answer(await enter(user), serial),
  };
}

/** The six digits that a page shows. */
export function challengeOn({ html, path }: Seen): string {
  const digits = /class="digits"[^>]*>(\d{6})</.exec(html)?.[1];
  if (digits === undefined) throw new Error(`no challenge on the page ${path}`);
  return digits;
}
