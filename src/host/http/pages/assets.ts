// The files that pages refer to: one style sheet, one script, one picture, from memory.
import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { etag } from 'hono/etag';
import type { HostEnv } from '../env.ts';
import { ICON_TEXT } from './icon.ts';
import { SCRIPT_TEXT } from './script.ts';
import { STYLE_TEXT } from './style.ts';

interface Asset {
  /** With a mark of what is in it: a browser may keep it for good. */
  readonly address: string;
  readonly path: string;
  readonly version: string;
  readonly type: string;
  readonly text: string;
}

function asset(path: string, type: string, text: string): Asset {
  const version = createHash('sha256').update(text).digest('base64url').slice(0, 12);
  return { address: `${path}?v=${version}`, path, version, type, text };
}

export const STYLE = asset('/assets/pages.css', 'text/css; charset=utf-8', STYLE_TEXT);
export const SCRIPT = asset('/assets/pages.js', 'text/javascript; charset=utf-8', SCRIPT_TEXT);
export const ICON = asset('/assets/card.svg', 'image/svg+xml', ICON_TEXT);

/** Serves them. While hosts of two versions run, each gives what it has, to be kept by nobody under the other's mark. */
export function createAssets(): Hono<HostEnv> {
  const assets = new Hono<HostEnv>();
  for (const { path, version, type, text } of [STYLE, SCRIPT, ICON]) {
    assets.get(path, etag(), (c) => {
      const isSame = c.req.query('v') === version;
      c.header('Cache-Control', isSame ? 'public, max-age=31536000, immutable' : 'no-cache');
      return c.body(text, 200, { 'Content-Type': type });
    });
  }
  return assets;
}
