// Requests made from the OpenAPI document: right ones, nearly right ones, and anything.
import fc from 'fast-check';
import { keyOf, passwordOf, PIN } from './service.ts';

/** A JSON schema, as far as the document uses it. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly example?: unknown;
}

/** What the document says of one request. */
export interface Described {
  readonly security?: unknown;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
}

/** The document, as far as it is read here. */
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** A request to be sent; `§…` in it stands for what came back before. */
export interface Planned {
  /** Method and pattern of the route it is made from. */
  readonly route: string;
  readonly method: string;
  readonly path: string;
  readonly session: string;
  readonly type: string | undefined;
  readonly body: string | Uint8Array<ArrayBuffer> | undefined;
  readonly address: string;
}

/** What the document says of each route, by method and pattern. */
export const operationsOf = ({ paths }: Document): ReadonlyMap<string, Described> =>
  new Map(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, described]) => [`${method.toUpperCase()} ${path}`, described]),
    ),
  );

const USERS = ['ann', 'bob', 'cat', 'root'];
const SERIALS = ['DSC-A', 'DSC-B', 'DSC-C', 'DSC-R', '§serial', '§serial'];
const KEYS = ['DSC-N', 'DSC-M', 'DSC-A'].map((serial) => Buffer.from(keyOf(serial)).toString('hex'));

/** Values that mean something to the host, by the name of their field. */
const KNOWN: Readonly<Record<string, readonly unknown[]>> = {
  name: [...USERS, 'new'],
  user: USERS,
  password: USERS.map(passwordOf),
  newPassword: USERS.map(passwordOf),
  serial: SERIALS,
  replaces: SERIALS,
  id: ['§id', '§id', '§id', 'A'.repeat(30)],
  response: ['§response', '§response', '§response', '00000000'],
  pin: [PIN, PIN, '4321'],
  pinAgain: [PIN, PIN, '4321'],
  key: [...KEYS, 'ab'.repeat(20)],
  suite: ['OCRA-1:HOTP-SHA1-8:QN06-PSHA1', 'OCRA-1:HOTP-SHA256-8:QN08-PSHA1', 'OCRA-1:HOTP-SHA1-6:C-QN08'],
  person: ['one', 'other', null],
  after: [...USERS, ...SERIALS],
  before: ['§cursor'],
  knownBrowser: ['§known'],
  balance: [0, 600_000, 1e12, -1],
};

const anyText = (maxLength: number): fc.Arbitrary<string> => fc.string({ unit: 'binary', maxLength });

/** What a schema allows. */
function allowed(schema: Schema, name: string, document: Document): fc.Arbitrary<unknown> {
  if (schema.$ref) {
    const found = document.components.schemas[schema.$ref.split('/').at(-1) ?? ''];
    if (found) return allowed(found, name, document);
  }
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.properties) return allowedObject(schema, document);
  const type = String(schema.type);
  const plain = type.includes('string')
    ? fc.string({ minLength: schema.minLength ?? 0, maxLength: Math.min(schema.maxLength ?? 32, 80) })
    : type === 'boolean'
      ? fc.boolean()
      : fc.integer({ min: schema.minimum ?? -(2 ** 53), max: schema.maximum ?? 2 ** 53 });
  const known = [...(KNOWN[name] ?? []), ...(schema.example === undefined ? [] : [schema.example])];
  return known.length === 0
    ? plain
    : fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: plain });
}

function allowedObject(
  { properties = {}, required = [] }: Schema,
  document: Document,
): fc.Arbitrary<unknown> {
  const fields = Object.entries(properties).map(([name, field]): [string, fc.Arbitrary<unknown>] => {
    const value = allowed(field, name, document);
    return [name, required.includes(name) ? value : fc.option(value, { nil: undefined })];
  });
  const object = fc.record(Object.fromEntries(fields));
  // Name and password that belong together, two PINs that are the same: else hardly anybody would get anywhere.
  return object.map((made) => {
    const { name, pin } = made as Record<string, unknown>;
    const agreed = {
      ...(USERS.includes(String(name)) && 'password' in made && { password: passwordOf(String(name)) }),
      ...('pinAgain' in made && { pinAgain: pin }),
    };
    return Object.assign({}, made, agreed);
  });
}

/** Something else in one place, or a field too many or too few. */
const spoilt = (body: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      body,
      fc.nat(9),
      fc.oneof(
        fc.constantFrom(null, true, 0, -1, 1e300, '', [], {}, 'x'.repeat(2000), '\ud800', '\0', '§id'),
        anyText(100),
      ),
      fc.boolean(),
    )
    .map(([made, place, value, adds]) => {
      if (typeof made !== 'object' || made === null) return value;
      const fields = Object.entries(made);
      const [name] = fields[place % Math.max(1, fields.length)] ?? ['none'];
      return Object.assign({}, made, { [adds ? `${name}x` : name]: value });
    });

/** `§owner` is who last began something that is to be finished. */
const SESSIONS = ['root', 'root', 'root', '§owner', '§owner', '§token', 'ann', 'cat', 'none', 'forged'];
const TYPES = [
  'application/json',
  'application/json; charset=utf-8',
  'text/plain',
  'APPLICATION/JSON',
  '',
  'x',
];
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'FOO'];

function bodyOf(
  schema: Schema | undefined,
  document: Document,
): fc.Arbitrary<Pick<Planned, 'type' | 'body'>> {
  const json = (made: unknown): Pick<Planned, 'type' | 'body'> => ({
    type: 'application/json',
    body: JSON.stringify(made),
  });
  const right = schema
    ? allowed(schema, '', document).map(json)
    : fc.constant({ type: undefined, body: undefined });
  return fc.oneof(
    { weight: 12, arbitrary: right },
    { weight: 4, arbitrary: spoilt(schema ? allowed(schema, '', document) : fc.object()).map(json) },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.option(fc.constantFrom(...TYPES), { nil: undefined }),
        body: fc.oneof(
          fc.json({ depthSize: 'medium' }),
          fc.constantFrom('['.repeat(9000), '{"a":'.repeat(3000), ' '.repeat(17_000), '"§token"'),
          fc.uint8Array({ maxLength: 200 }).map((bytes) => Uint8Array.from(bytes)),
        ),
      }),
    },
  );
}

const pathText = fc.oneof(
  fc.constantFrom('.', '..', '%', '%00', '%2f', '%ff', ' ', '', 'x'.repeat(200), '__proto__'),
  anyText(10).map((text) => encodeURIComponent(text.toWellFormed())),
);

function plannedFor(route: string, described: Described, document: Document): fc.Arbitrary<Planned> {
  const [method = '', path = ''] = route.split(' ');
  const parameters = described.parameters ?? [];
  const values = fc.record(
    Object.fromEntries(
      parameters.map(({ name, in: where, schema }) => {
        const right = allowed(schema, name, document).map((value) => encodeURIComponent(String(value)));
        const value = fc.oneof({ weight: 15, arbitrary: right }, { weight: 1, arbitrary: pathText });
        return [name, where === 'query' ? fc.option(value, { nil: undefined }) : value];
      }),
    ),
  );
  return fc
    .record({
      values,
      sent: bodyOf(described.requestBody?.content['application/json']?.schema, document),
      session: fc.constantFrom(...SESSIONS),
      otherMethod: fc.oneof({ weight: 30, arbitrary: fc.constant(undefined) }, fc.constantFrom(...METHODS)),
      address: fc.nat(20).map((host) => `198.51.100.${host}`),
      tail: fc.oneof({ weight: 30, arbitrary: fc.constant('') }, pathText),
    })
    .map(({ values: given, sent: { type, body }, session, otherMethod, address, tail }) => {
      const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(given[name]));
      const query = parameters
        .filter(({ name, in: where }) => where === 'query' && given[name] !== undefined)
        .map(({ name }) => `${name}=${String(given[name])}`)
        .join('&');
      const target = `${filled}${tail}${query === '' ? '' : `?${query}`}`;
      return { route, method: otherMethod ?? method, path: target, session, address, type, body };
    });
}

/** What has several steps. */
const OFTEN = /logins|mail|confirm|activation|withdrawal|pin-change|POST \/v1\/devices$/;

/** Requests in any order; those of which one leads to the next come oftener. */
export const plannedRequests = (document: Document): fc.Arbitrary<Planned> =>
  fc.oneof(
    ...[...operationsOf(document)].map(([route, described]) => ({
      weight: OFTEN.test(route) ? 4 : 1,
      arbitrary: plannedFor(route, described, document),
    })),
  );
