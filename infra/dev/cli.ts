import { commands } from './commands.ts';
import { Mendable } from './say.ts';

const [name = 'start', ...args] = process.argv.slice(2);
const command = commands[name];

if (command === undefined) {
  process.stderr.write(`There is no command "${name}". There are: ${Object.keys(commands).join(', ')}.\n`);
  process.exitCode = 2;
} else {
  try {
    process.exitCode = await command(args);
  } catch (error) {
    process.stderr.write(
      error instanceof Mendable ? `\n${error.message}\n` : `\n${String((error as Error).stack)}\n`,
    );
    process.exitCode = 1;
  }
}
