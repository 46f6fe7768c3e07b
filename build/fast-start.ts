// What makes the command start fast: less of Node and of the argument parser is loaded before it runs.
import { isBuiltin } from 'node:module';
import type { Rolldown } from 'tsdown';

/**
 * Node's modules by `getBuiltinModule`: importing one as an ES module reads all its lazy getters, which takes 12 ms for
 * the four that the argument parser imports, and the shortest command lasts little longer.
 */
export const builtinsWithoutNamespaces: Rolldown.Plugin = {
  name: 'builtins-without-namespaces',
  renderChunk: (code) =>
    code.replace(
      /^import (?:\* as )?([\w$]*)(?:, )?(?:\{([^}]*)\})? from "([\w:/]+)";$/gm,
      (line, whole: string, names: string | undefined, module: string) => {
        if (!isBuiltin(module)) return line;
        // A chunk may name its import `process`, so the global one is asked for through its owner.
        const from = `= globalThis.process.getBuiltinModule("${module}")`;
        const parts = [whole && `${whole} ${from}`, names && `{${names.replaceAll(' as ', ': ')}} ${from}`];
        return `const ${parts.filter(Boolean).join(', ')};`;
      },
    ),
};

/** Stands for a module with nothing in it. */
const NO_PROGRAMS = '\0no-programs';

/** Commander starts programs for subcommands that are programs; there are none here, and loading what it takes costs 2 ms. */
export const noProgramsAsCommands: Rolldown.Plugin = {
  name: 'no-programs-as-commands',
  resolveId: (id, importer) =>
    id === 'node:child_process' && importer?.includes('/node_modules/commander/') ? NO_PROGRAMS : undefined,
  load: (id) => (id === NO_PROGRAMS ? 'export default {};' : undefined),
};
