// What a memory that survives costs: the ceremony with its durable writes, recorded or not, and the start of a card.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCard } from '../src/firmware/card.ts';
import type { Medium } from '../src/firmware/medium.ts';
import { newContents } from '../src/firmware/memory.ts';
import { bankOffset, BANK_RECORD } from '../src/firmware/memory-format.ts';
import { DSC_PLUS } from '../src/firmware/profiles.ts';
import { RamMedium } from '../src/firmware/ram-medium.ts';
import { printEntry, type Recorder } from '../src/firmware/recording.ts';
import { newMemoryImage, SealedMemory } from '../src/firmware/sealed-memory.ts';
import { openDiskMedium } from '../src/ui/cards/disk-medium.ts';
import { operate, type Operator } from '../src/ui/script/operator.ts';
import { VirtualClock } from '../src/ui/script/virtual-clock.ts';
import { median } from './median.ts';
import { perSecond, rates } from './rate.ts';
import { atLeast, type Row } from './row.ts';

const KEY = Buffer.from('12345678901234567890');
const DEVICE_KEY = randomBytes(32);
const STARTS = 200;

/** Ceremonies whose counts are durable before the response shows. */
export async function memoryRows(): Promise<Row[]> {
  const lines: string[] = [];
  const recorder: Recorder = {
    write(entry) {
      if (lines.push(printEntry(entry)) > 1000) lines.length = 0;
    },
  };
  const sealed = handOn(new RamMedium(newImage()));
  const recorded = handOn(new RamMedium(newImage()), recorder);
  const volatile = handOn(undefined);
  const measured = await rates({
    recorded: () => recorded.answer('1234', '482915'),
    sealed: () => sealed.answer('1234', '482915'),
    volatile: () => volatile.answer('1234', '482915'),
  });
  const ratio = measured.recorded / measured.sealed;
  return [
    {
      what: 'ceremonies with durable writes, in memory',
      value: perSecond(measured.sealed),
      peer: 'the same without a sealed memory',
      peerValue: perSecond(measured.volatile),
      ratio: measured.sealed / measured.volatile,
      goal: { asked: '≥ 5,000/s', reached: measured.sealed >= 5000 },
    },
    {
      what: 'the same, recorded as JSON lines',
      value: perSecond(measured.recorded),
      peer: 'not recorded',
      peerValue: perSecond(measured.sealed),
      ratio,
      goal: atLeast(0.9, ratio),
    },
    startRow(),
  ];
}

/** Processor time from a closed file to `PIN>`: opened, read, tested, counted and synced. */
function startRow(): Row {
  const folder = mkdtempSync(join(tmpdir(), 'dsc-bench-'));
  const path = join(folder, 'bench.card');
  writeFileSync(path, newImage());
  const ours = cpuTimes(() => {
    const medium = openDiskMedium(path);
    handOn(medium).switchOn();
    medium.close();
  });
  const peer = cpuTimes(() => openBareFile(path));
  rmSync(folder, { recursive: true });
  return {
    what: 'from a card file to `PIN>`, processor time',
    value: `${ours.toFixed(2)} ms`,
    peer: 'the same file by node:fs and node:crypto AES-256-GCM',
    peerValue: `${peer.toFixed(2)} ms`,
    ratio: ours / peer,
    goal: { asked: '< 5 ms', reached: ours < 5 },
  };
}

/** Reads a bank, opens it, seals it again, writes and syncs it. */
function openBareFile(path: string): void {
  const file = openSync(path, 'r+');
  const record = Buffer.alloc(BANK_RECORD);
  readSync(file, record, 0, BANK_RECORD, bankOffset(0));
  const opened = createDecipheriv('aes-256-gcm', DEVICE_KEY, record.subarray(0, 12)).update(record);
  const sealing = createCipheriv('aes-256-gcm', DEVICE_KEY, record.subarray(0, 12));
  const sealed = Buffer.concat([sealing.update(opened), sealing.final(), sealing.getAuthTag()]);
  writeSync(file, sealed, 0, BANK_RECORD, bankOffset(1));
  fsyncSync(file);
  closeSync(file);
}

function cpuTimes(act: () => void): number {
  const times: number[] = [];
  for (let i = 0; i < STARTS; i++) {
    const before = process.cpuUsage();
    act();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  return median(times);
}

function newImage(): Uint8Array {
  const identity = { serial: 'DSC-0', profile: DSC_PLUS, suite: DSC_PLUS.suite };
  const header = { source: { kind: 'device' }, salt: new Uint8Array(16), identity } as const;
  return newMemoryImage(header, newContents(KEY), DEVICE_KEY);
}

function handOn(medium: Medium | undefined, record?: Recorder): Operator {
  const clock = new VirtualClock();
  const memory = medium && new SealedMemory(medium, DEVICE_KEY);
  return operate(createCard({ ...(memory ? { memory } : { key: KEY }), clock, record }), clock);
}
