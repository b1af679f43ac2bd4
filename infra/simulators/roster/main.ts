import { createWriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { buildPopulation, sizeFromEnvironment } from '../population/index.ts';
import { oneRosterFiles } from './one-roster.ts';
import { rosterFile } from './pifu.ts';

const formats = ['pifu', 'oneroster'];
const { values } = parseArgs({
  options: { out: { type: 'string' }, format: { type: 'string', default: 'pifu' } },
});
if (values.out === undefined || !formats.includes(values.format)) {
  console.error(
    'Name what to write: node infra/simulators/roster/main.ts --out FILE\n' +
      'or, as the tables of the other format: --format oneroster --out FOLDER',
  );
  process.exit(2);
}
const population = buildPopulation(sizeFromEnvironment());
if (values.format === 'oneroster') {
  await mkdir(values.out, { recursive: true });
  for (const { name, pieces } of oneRosterFiles(population)) await write(join(values.out, name), pieces);
} else {
  await mkdir(dirname(values.out), { recursive: true });
  await write(values.out, rosterFile(population, new Date().toISOString().slice(0, 19)));
}
const { children, staff, units, groups, memberships } = population;
console.log(
  JSON.stringify({
    roster: values.out,
    children: children.length,
    staff: staff.length,
    units: units.length,
    groups: groups.length,
    memberships: memberships.length,
  }),
);

/** Written beside its place and moved there, so that nobody ever imports half a file. */
async function write(path: string, pieces: Iterable<string>): Promise<void> {
  const unfinished = `${path}.${process.pid}.part`;
  await pipeline(Readable.from(chunked(pieces)), createWriteStream(unfinished));
  await rename(unfinished, path);
}

function* chunked(pieces: Iterable<string>): Generator<string> {
  let buffer = '';
  for (const piece of pieces) {
    buffer += piece;
    if (buffer.length > 65_536) {
      yield buffer;
      buffer = '';
    }
  }
  yield buffer;
}
