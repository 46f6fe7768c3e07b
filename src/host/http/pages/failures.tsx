/** @jsxImportSource hono/jsx */
// Pages for what went wrong, in the person's language and without what only programs need.
import { createMiddleware } from 'hono/factory';
import type { Context, MiddlewareHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { HostEnv } from '../env.ts';
import type { Frame } from './frame.ts';
import { Layout } from './layout.tsx';
import { showAlone, type PagesOptions } from './visit.tsx';

/** Shows people a page where programs get a problem's details, or nothing. */
export function failurePages(options: PagesOptions): MiddlewareHandler<HostEnv> {
  return createMiddleware<HostEnv>(async (c, next) => {
    await next();
    const { status, headers } = c.res;
    const isPage = headers.get('content-type')?.startsWith('text/html') ?? false;
    if (status < 400 || isPage || !isForPeople(c)) return;
    const page = (frame: Frame) => <FailurePage frame={frame} status={status} />;
    c.res = await showAlone(c, options, page, status as ContentfulStatusCode);
  });
}

const isForPeople = (c: Context): boolean =>
  (c.req.header('accept') ?? '').includes('text/html') && !c.req.path.startsWith('/v1/');

function FailurePage({ frame, status }: { readonly frame: Frame; readonly status: number }) {
  const { text } = frame;
  const what = whatOf(status);
  return (
    <Layout frame={frame} title={text(`failure.${what}Title`)}>
      <section class="sheet">
        <div class="head">
          <h1>{text(`failure.${what}Title`)}</h1>
          <p class="lead">{text(`failure.${what}`)}</p>
        </div>
        <a class="button large" href="/">
          {text('failure.home')}
        </a>
      </section>
    </Layout>
  );
}

function whatOf(
  status: number,
): 'notFound' | 'forbidden' | 'tooLarge' | 'badForm' | 'unavailable' | 'internal' {
  if (status === 404 || status === 405) return 'notFound';
  if (status === 403) return 'forbidden';
  if (status === 413) return 'tooLarge';
  if (status === 503) return 'unavailable';
  return status < 500 ? 'badForm' : 'internal';
}
