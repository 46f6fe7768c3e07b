// Examples made from the schemas of the OpenAPI document, so that an example cannot be out of date.
import type { OpenAPIHono } from '@hono/zod-openapi';

/** The OpenAPI document. */
export type ApiDocument = ReturnType<OpenAPIHono['getOpenAPI31Document']>;

type Components = NonNullable<ApiDocument['components']>;
type Named = NonNullable<Components['schemas']>[string];

/** A value that a schema allows: the examples it gives, and every field. */
export function exampleOf(schema: Named | undefined, components: Components | undefined): unknown {
  if (!schema) return undefined;
  if ('$ref' in schema) {
    return exampleOf(components?.schemas?.[schema.$ref.split('/').at(-1) ?? ''], components);
  }
  if (schema.example !== undefined) return schema.example;
  if (schema.const !== undefined) return schema.const;
  const [first] = schema.enum ?? schema.oneOf ?? schema.anyOf ?? [];
  if (schema.enum) return first;
  if (first !== undefined) return exampleOf(first, components);
  if (schema.properties) {
    return Object.fromEntries(
      Object.entries(schema.properties).map(([name, field]) => [name, exampleOf(field, components)]),
    );
  }
  if (schema.items) return [exampleOf(schema.items, components)];
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  return type === undefined ? undefined : PLAIN[type];
}

const PLAIN: Partial<Record<string, unknown>> = { string: 'text', integer: 0, number: 0, boolean: false };
