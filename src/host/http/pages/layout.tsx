/** @jsxImportSource hono/jsx */
// What is around every page: name of the system, ways to the other pages, what was done or refused, languages.
import type { Child } from 'hono/jsx';
import { NAMES } from '../text/language.ts';
import { ICON, SCRIPT, STYLE } from './assets.ts';
import type { Frame } from './frame.ts';
import { link } from './link.ts';
import type { ShownNotice } from './notice.ts';

interface LayoutProps {
  readonly frame: Frame;
  readonly title: string;
  /** How much room the page takes. */
  readonly width?: 'narrow' | 'ceremony' | 'wide';
  readonly children?: Child;
}

export function Layout({ frame, title, width = 'narrow', children }: LayoutProps) {
  const { text, language, notice, session } = frame;
  const isRefused = notice?.kind === 'refused';
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>
          {isRefused ? text('errorTitle', { title }) : title} – {text('system')}
        </title>
        <link rel="icon" href={ICON.address} type="image/svg+xml" />
        <link rel="stylesheet" href={STYLE.address} />
        <script src={SCRIPT.address} defer />
      </head>
      <body>
        <a class="skip" href="#content">
          {text('skip')}
        </a>
        <header class="top">
          <div class="bar">
            <a class="brand" href={session ? '/home' : '/'}>
              <span class="mark" aria-hidden="true" />
              {text('system')}
            </a>
            {session && <Navigation frame={frame} />}
          </div>
        </header>
        <main id="content" class={width}>
          {notice && <NoticeBox frame={frame} notice={notice} />}
          {children}
        </main>
        <Languages frame={frame} />
      </body>
    </html>
  );
}

function Navigation({ frame: { text, session, path } }: { readonly frame: Frame }) {
  const here = path.split('?')[0];
  const isAdministrator = session?.role === 'administrator' && session.kind === 'full';
  const pages = [
    ['/home', text('navigation.home')],
    ...(isAdministrator
      ? [
          ['/admin/users', text('navigation.users')],
          ['/admin/trail', text('navigation.trail')],
        ]
      : []),
  ] as const;
  return (
    <>
      <nav aria-label={text('navigation.label')}>
        {pages.map(([address, name]) => (
          <a key={address} href={address} aria-current={here === address ? 'page' : undefined}>
            {name}
          </a>
        ))}
      </nav>
      <form method="post" action="/logout">
        <button class="plain" type="submit">
          {text('navigation.logout')}
        </button>
      </form>
    </>
  );
}

/** Takes the focus, so that it is read out; links to the field it is about. */
function NoticeBox({ frame: { text }, notice }: { readonly frame: Frame; readonly notice: ShownNotice }) {
  const { kind, message, field } = notice;
  return kind === 'done' ? (
    <div class="notice done" role="status">
      <p>{message}</p>
    </div>
  ) : (
    <div class="notice refused" role="alert" tabindex={-1} autofocus>
      <p class="what">{text('checkThis')}</p>
      <p>{field === undefined ? message : <a href={`#${field}`}>{message}</a>}</p>
    </div>
  );
}

function Languages({ frame: { text, language, path } }: { readonly frame: Frame }) {
  const [page = '/', search = ''] = path.split('?');
  const query = Object.fromEntries(new URLSearchParams(search));
  return (
    <footer>
      <nav class="languages" aria-label={text('language')}>
        {Object.entries(NAMES).map(([tag, name]) => (
          <a
            key={tag}
            href={link(page, { ...query, lang: tag })}
            lang={tag}
            hreflang={tag}
            aria-current={tag === language ? 'true' : undefined}
          >
            {name}
          </a>
        ))}
      </nav>
    </footer>
  );
}
