// Bundles the fixture as the command is bundled.
import { join } from 'node:path';
import { build } from 'tsdown';

/** Builds the fixture. @returns Its file. */
export async function buildFixture(): Promise<string> {
  const outDir = join(import.meta.dirname, '../../dist/fixture');
  await build({
    config: false,
    entry: { fixture: join(import.meta.dirname, 'terminal-fixture.ts') },
    outDir,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    fixedExtension: false,
    deps: { alwaysBundle: /.*/ },
    dts: false,
    clean: false,
    report: false,
    logLevel: 'error',
  });
  return join(outDir, 'fixture.js');
}
