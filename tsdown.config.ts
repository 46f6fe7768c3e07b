import { defineConfig } from 'tsdown';
import { builtinsWithoutNamespaces, noProgramsAsCommands } from './build/fast-start.ts';
import { thirdPartyNotices } from './build/notices.ts';

const shared = {
  format: 'esm',
  platform: 'node',
  target: 'node24',
  outDir: 'dist',
  fixedExtension: false,
  dts: false,
  sourcemap: false,
  clean: false,
  report: false,
  logLevel: 'warn',
} as const;

export default defineConfig([
  // The command carries everything it needs in one place, in chunks that load when they are needed.
  {
    ...shared,
    name: 'dsc',
    entry: { dsc: 'src/ui/dsc.ts' },
    minify: 'dce-only',
    deps: { alwaysBundle: /.*/, neverBundle: ['react-devtools-core'] },
    plugins: [noProgramsAsCommands, builtinsWithoutNamespaces, thirdPartyNotices],
  },
  // The library leaves its dependencies to the project that uses it; its types come from tsc.
  { ...shared, name: 'library', entry: { index: 'src/index.ts' } },
]);
