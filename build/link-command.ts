// Puts `dsc` where npx looks for commands: npm links the commands of packages, but not the project's own.
import { chmodSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const project = join(import.meta.dirname, '..');
const link = join(project, 'node_modules', '.bin', 'dsc');

chmodSync(join(project, 'dist', 'dsc.js'), 0o755);
rmSync(link, { force: true });
if (process.platform === 'win32') writeFileSync(`${link}.cmd`, '@node "%~dp0\\..\\..\\dist\\dsc.js" %*\r\n');
else symlinkSync(join('..', '..', 'dist', 'dsc.js'), link);
