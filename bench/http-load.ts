// A load of HTTP requests from one process, as cheap as it can be: written bytes over kept-alive connections.
import { connect } from 'node:net';

/** A request's body and what goes before it; the same for all that are sent. */
export interface Load {
  readonly port: number;
  /** Connections at a time, each with one request under way. */
  readonly connections: number;
  /** The next request, as bytes, or nothing when there is none left. */
  readonly next: () => Buffer | undefined;
  /** Is given each status, and the milliseconds that the request took. */
  readonly answered: (status: number, time: number) => void;
}

/** A POST of JSON, or a GET without a body, as it goes over the wire. */
export function request(path: string, body?: unknown): Buffer {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const head = text === undefined ? `GET ${path}` : `POST ${path}`;
  const about =
    text === undefined
      ? ''
      : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n`;
  return Buffer.from(`${head} HTTP/1.1\r\nhost: 127.0.0.1\r\n${about}\r\n${text ?? ''}`);
}

/** Sends all requests there are; resolves when the last one is answered. */
export async function send(load: Load): Promise<void> {
  await Promise.all(Array.from({ length: load.connections }, () => sendOver(load)));
}

function sendOver({ port, next, answered }: Load): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let received = '';
    let sentAt = 0;
    const go = (): void => {
      const bytes = next();
      if (!bytes) {
        socket.end();
        resolve();
        return;
      }
      sentAt = performance.now();
      socket.write(bytes);
    };
    socket.setNoDelay(true).setEncoding('latin1');
    socket.on('connect', go).on('error', reject);
    socket.on('close', () => reject(new Error('load: the server closed a connection')));
    socket.on('data', (data: string) => {
      received += data;
      const end = received.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(received)?.[1]);
      if (!(received.length >= end + 4 + length)) return;
      const status = Number(received.slice(9, 12));
      received = '';
      answered(status, performance.now() - sentAt);
      go();
    });
  });
}
