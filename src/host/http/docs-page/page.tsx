/** @jsxImportSource hono/jsx */
// The API for people: a page made from the OpenAPI document, with an example of each request.
import type { FC } from 'hono/jsx';
import { HostError } from '../../error.ts';
import { HttpError, isHttpCode } from '../http-error.ts';
import { STATUS_OF } from '../problem.ts';
import type { ProblemCode } from '../wire.ts';
import { exampleOf, type ApiDocument } from './example.ts';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

type Path = NonNullable<ApiDocument['paths']>[string];
type Operation = NonNullable<Path['get']>;

interface Described {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

/** The page. */
export const DocsPage: FC<{ document: ApiDocument }> = ({ document }) => {
  const described = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    METHODS.flatMap((method): Described[] => {
      const operation = item[method];
      return operation ? [{ method: method.toUpperCase(), path, operation }] : [];
    }),
  );
  const byTag = [...Map.groupBy(described, ({ operation }) => operation.tags?.[0] ?? '')];

  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{document.info.title}</title>
        <link rel="stylesheet" href="/v1/docs.css" />
      </head>
      <body>
        <h1>{document.info.title}</h1>
        <p>{document.info.description}</p>
        <p>
          For programs: <a href="/v1/openapi.json">the OpenAPI document</a>.
        </p>
        <nav aria-label="Requests">
          <ul>
            {described.map(({ operation }) => (
              <li key={operation.operationId}>
                <a href={`#${operation.operationId}`}>{operation.summary}</a>
              </li>
            ))}
            <li>
              <a href="#codes">Codes of refusals</a>
            </li>
          </ul>
        </nav>
        <main>
          {byTag.map(([tag, operations]) => (
            <section key={tag}>
              <h2>{tag}</h2>
              {operations.map((each) => (
                <Request key={each.operation.operationId} {...each} components={document.components} />
              ))}
            </section>
          ))}
          <Codes />
        </main>
      </body>
    </html>
  );
};

const Request: FC<Described & { components: ApiDocument['components'] }> = ({
  method,
  path,
  operation,
  components,
}) => {
  const responses = Object.entries(operation.responses ?? {});
  const granted = responses.filter(([status]) => status.startsWith('2'));
  const refused = responses.filter(([status]) => !status.startsWith('2'));
  return (
    <article>
      <h3 id={operation.operationId}>
        {operation.summary} <code>{`${method} ${path}`}</code>
      </h3>
      {operation.description && <p>{operation.description}</p>}
      <Query operation={operation} />
      <pre tabindex={0}>{curl({ method, path, operation }, components)}</pre>
      {granted.map(([status, response]) => (
        <>
          <p>
            {status}: {response.description}
          </p>
          {response.content && (
            <pre tabindex={0}>
              {JSON.stringify(exampleOf(response.content['application/json']?.schema, components), null, 2)}
            </pre>
          )}
        </>
      ))}
      <p>
        Refused with{' '}
        {refused.map(([status, response], index) => (
          <>
            {index > 0 && '; '}
            {status}{' '}
            {String(response.description)
              .split(', ')
              .map((code, place) => (
                <>
                  {place > 0 && ', '}
                  <a href={`#${code}`}>{code}</a>
                </>
              ))}
          </>
        ))}
        .
      </p>
    </article>
  );
};

const Query: FC<{ operation: Operation }> = ({ operation }) => {
  const names = (operation.parameters ?? []).flatMap((parameter) =>
    'name' in parameter && parameter.in === 'query' ? [parameter.name] : [],
  );
  return names.length === 0 ? null : <p>In the query, none of it needed: {names.join(', ')}.</p>;
};

const Codes: FC = () => (
  <section>
    <h2 id="codes">Codes of refusals</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">Code</th>
          <th scope="col">Status</th>
          <th scope="col">Says</th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(STATUS_OF).map(([code, status]) => (
          <tr key={code} id={code}>
            <th scope="row">{code}</th>
            <td>{status}</td>
            <td>{saying(code as ProblemCode)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

const saying = (code: ProblemCode): string =>
  (isHttpCode(code) ? new HttpError(code) : new HostError(code, { retryAt: 0 })).message;

/** The request as one would type it. */
function curl({ method, path, operation }: Described, components: ApiDocument['components']): string {
  const request = operation.requestBody;
  const schema = request && 'content' in request ? request.content['application/json']?.schema : undefined;
  return [
    `curl -X ${method} https://host.example${path}`,
    ...(operation.security ? ["-H 'Authorization: Bearer TOKEN'"] : []),
    ...(schema
      ? ["-H 'Content-Type: application/json'", `-d '${JSON.stringify(exampleOf(schema, components))}'`]
      : []),
  ].join(' \\\n  ');
}
