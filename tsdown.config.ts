import { defineConfig } from 'tsdown';
import { commonPasswordsInside } from './build/common-passwords.ts';
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
    // The thread of a host is a program of its own, beside what starts it.
    entry: { dsc: 'src/ui/dsc.ts', 'host-thread': 'src/ui/host/host-thread.ts' },
    // Names stay, for the traces of --debug.
    minify: { compress: true, mangle: false },
    // React's own checks are for those who write components, and cost a fifth of the start.
    define: { 'process.env.NODE_ENV': '"production"' },
    // These two are asked for only by those who have them.
    deps: { alwaysBundle: /.*/, neverBundle: ['react-devtools-core', 'pg-native'] },
    outputOptions: {
      codeSplitting: {
        // What a command needs before it does anything, in one file: the fewer files, the faster the start.
        groups: [
          {
            name: 'start',
            test: /src\/ui\/(commands\/[^/]+\.ts|(cli|[a-z]+-error|one-line|printer|raise|refusal|standard-input|surroundings|unsigned64|cards\/card-name|data-folder|secret-input)\.ts)|src\/ui\/text\/language|src\/host\/(hex|text\/language)|src\/ui\/completion\/|node_modules\/commander/,
          },
        ],
      },
    },
    plugins: [noProgramsAsCommands, builtinsWithoutNamespaces, commonPasswordsInside, thirdPartyNotices],
  },
  // The library leaves its dependencies to the project that uses it; its types come from tsc.
  { ...shared, name: 'library', entry: { index: 'src/index.ts' } },
  { ...shared, name: 'host client', entry: { 'host-client': 'src/host/client.ts' } },
]);
