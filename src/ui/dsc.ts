#!/usr/bin/env node
// Where the command begins. An older Node must be able to read this file, to say that it is too old.

const OLDEST_NODE = 24;

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  process.stderr.write(
    `error: dsc needs Node ${OLDEST_NODE} or newer, this is ${process.versions.node}; install a newer one from https://nodejs.org\n`,
  );
  process.exitCode = 2;
} else {
  // At this signal Node would open a debugger, on a port, in a process that holds keys.
  process.on('SIGUSR1', () => {});
  keepCompiledCode();
  const { processSurroundings, runCli } = await import('./cli.ts');
  // A pipe at standard input that nobody reads any more would keep the process alive.
  process.exit(await runCli(process.argv.slice(2), processSurroundings()));
}

/**
 * Lets Node keep compiled code between runs, which shortens the start. It is kept in the user's own cache folder: in
 * Node's default, the folder for temporary files, others could put code for this user to run.
 */
function keepCompiledCode(): void {
  const { XDG_CACHE_HOME: given, HOME: home } = process.env;
  const cache = given?.startsWith('/') ? given : home?.startsWith('/') ? `${home}/.cache` : undefined;
  if (cache) process.getBuiltinModule('node:module').enableCompileCache(`${cache}/dsc-plus`);
}
