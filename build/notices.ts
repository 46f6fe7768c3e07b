// The licences of all that is bundled, in one file beside it: they ask to be passed on with the code.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Rolldown } from 'tsdown';

/** Writes `THIRD-PARTY-NOTICES.txt`: name, version and licence of each package that a module of the bundle is from. */
export const thirdPartyNotices: Rolldown.Plugin = {
  name: 'third-party-notices',
  generateBundle() {
    const folders = new Set([...this.getModuleIds()].flatMap((id) => packageFolder(id) ?? []));
    const source = [...folders]
      .map(notice)
      .toSorted()
      .join(`\n${'-'.repeat(80)}\n\n`);
    this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY-NOTICES.txt', source });
  },
};

/** The folder of the package that a module is from; none for the project's own and for what the bundler makes up. */
function packageFolder(id: string): string | undefined {
  if (!id.startsWith('/') && !/^[A-Za-z]:/.test(id)) return undefined;
  if (!id.includes('node_modules')) return undefined;
  let folder = dirname(id);
  while (!(existsSync(join(folder, 'package.json')) && manifest(folder).name !== undefined))
    folder = dirname(folder);
  return folder;
}

function notice(folder: string): string {
  const { name, version, license } = manifest(folder);
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? '' : `\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  return `${name} ${version}, ${license}\n${text}`;
}

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
}

function manifest(folder: string): Manifest {
  const parsed: Manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return parsed;
}
