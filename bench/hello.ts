// The least an Ink program can be; like the command, it keeps compiled code between runs. It ends with any key.
import { enableCompileCache } from 'node:module';

enableCompileCache(`${process.env['HOME']}/.cache/hello`);
const [{ render, Text }, { createElement }] = await Promise.all([import('ink'), import('react')]);
render(createElement(Text, undefined, 'Hello'));
process.stdin.setRawMode(true).once('data', () => process.exit());
