// Starts a file of the part that this image is for: `src/main` by itself, `src/migrate` for its migrations. The image
// has no shell, and its default command cannot name the part's folder.
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';

const [, , name = 'src/main', ...args] = process.argv;
const file = resolve(process.env.FOLDER ?? '', `${name}.ts`);
process.argv.splice(1, process.argv.length - 1, file, ...args);
await import(pathToFileURL(file).href);
