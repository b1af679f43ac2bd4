import { commands } from './commands.ts';
import { StepFailed } from './run-node.ts';
import { Mendable } from './say.ts';

const [name = 'start', ...given] = process.argv.slice(2);
const args = given.filter((arg) => arg !== '--');
const load = commands[name];

if (load === undefined) {
  process.stderr.write(`There is no command "${name}". There are: ${Object.keys(commands).join(', ')}.\n`);
  process.exitCode = 2;
} else {
  try {
    process.exitCode = await (await load())(args);
  } catch (error) {
    const isForTheReader = error instanceof Mendable || error instanceof StepFailed;
    process.stderr.write(`\n${isForTheReader ? error.message : String((error as Error).stack)}\n`);
    process.exitCode = 1;
  }
}
