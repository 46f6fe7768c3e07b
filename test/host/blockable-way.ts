// A way to a server that can be blocked, as one is whose machine or network is gone.
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A way to a server that can be blocked: then nothing comes through, and nobody is told. */
export async function blockable(url: string): Promise<{ url: string; block: (isBlocked: boolean) => void }> {
  const { hostname, port } = new URL(url);
  let blocked = false;
  const way = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (bytes) => void (blocked || to.write(bytes)));
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
    }
  });
  way.listen(0, '127.0.0.1');
  await once(way, 'listening');
  onTestFinished(() => void way.close());
  const through = new URL(url);
  through.port = String((way.address() as AddressInfo).port);
  return { url: through.href, block: (isBlocked) => (blocked = isBlocked) };
}
