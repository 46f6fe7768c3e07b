// The batch as somebody would write it for one suite with Node alone: readline, JSON.parse and createHmac.
import { createHash, createHmac } from 'node:crypto';
import { createInterface } from 'node:readline';

interface Line {
  readonly suite: string;
  readonly keyHex: string;
  readonly question: string;
  readonly pin: string;
}

let responses = '';
for await (const text of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const line: Line = JSON.parse(text);
  const mac = createHmac('sha1', Buffer.from(line.keyHex, 'hex'))
    .update(`${line.suite}\0`)
    .update(Number(line.question).toString(16).padEnd(256, '0'), 'hex')
    .update(createHash('sha1').update(line.pin).digest())
    .digest();
  const value = mac.readUInt32BE((mac[19] ?? 0) & 0xf) & 0x7fffffff;
  responses += `${String(value % 1e8).padStart(8, '0')}\n`;
  if (responses.length > 65_536) {
    process.stdout.write(responses);
    responses = '';
  }
}
process.stdout.write(responses);
