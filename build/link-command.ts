// Puts `dsc` where npx looks for commands: npm links the commands of packages, but not the project's own.
import { readlinkSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const link = join(import.meta.dirname, '..', 'node_modules', '.bin', 'dsc');
const target = join('..', '..', 'dist', 'dsc.js');

if (process.platform === 'win32') writeFileSync(`${link}.cmd`, '@node "%~dp0\\..\\..\\dist\\dsc.js" %*\r\n');
else if (!isLinked()) {
  // One that is there is replaced at once.
  const unfinished = `${link}.${process.pid}.new`;
  rmSync(unfinished, { force: true });
  symlinkSync(target, unfinished);
  renameSync(unfinished, link);
}

function isLinked(): boolean {
  try {
    return readlinkSync(link) === target;
  } catch {
    return false;
  }
}
