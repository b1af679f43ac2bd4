import { createWriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { buildPopulation, sizeFromEnvironment } from '../population/index.ts';
import { rosterFile } from './pifu.ts';

const { values } = parseArgs({ options: { out: { type: 'string' } } });
if (values.out === undefined) {
  console.error('Name the file to write: node infra/simulators/roster/main.ts --out FILE');
  process.exit(2);
}
const population = buildPopulation(sizeFromEnvironment());
await mkdir(dirname(values.out), { recursive: true });
// Written beside its place and moved there, so that nobody ever imports half a file.
const unfinished = `${values.out}.${process.pid}.part`;
await pipeline(
  Readable.from(chunked(rosterFile(population, new Date().toISOString().slice(0, 19)))),
  createWriteStream(unfinished),
);
await rename(unfinished, values.out);
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
