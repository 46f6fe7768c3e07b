// The description of the API, for programs and for people.
import { expect, test } from 'vitest';
import { STATUS_OF } from '../../../src/host/http/problem.ts';
import { service } from './service.ts';

test('the document names every route once', async () => {
  const { app, send } = await service({});
  const { status, body } = await send('GET', '/v1/openapi.json');
  expect(status).toBe(200);
  expect(body['openapi']).toBe('3.1.0');
  const paths = Object.entries(body['paths'] as Record<string, Record<string, { operationId: string }>>);
  const described = paths.flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const served = app.routes
    .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/v1/') && !/docs|openapi/.test(path))
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
  expect(described.toSorted()).toEqual([...new Set(served)].toSorted());
  const ids = paths.flatMap(([, methods]) => Object.values(methods).map(({ operationId }) => operationId));
  expect(new Set(ids).size).toBe(ids.length);
});

test('the page is readable without a script, and knows every code', async () => {
  const { app } = await service({});
  const reply = await app.request('/v1/docs');
  const page = await reply.text();
  expect(reply.status).toBe(200);
  expect(page).toMatch(/^<!doctype html>/);
  expect(page).not.toMatch(/<script|style=|<style|https?:\/\/(?!host\.example)/);
  for (const code of Object.keys(STATUS_OF)) expect(page).toContain(`id="${code}"`);
  expect(page).toContain('curl -X POST https://host.example/v1/logins');
  expect(page).not.toMatch(/undefined|\[object/);
  const style = await app.request('/v1/docs.css');
  expect(style.headers.get('cache-control')).toContain('max-age');
});
