import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RosterItem } from '../domain/roster.ts';
import { oneRoster11 } from '../testing/one-roster.ts';
import { zipOf } from '../testing/zip.ts';
import { openRosterFile } from './roster-file.ts';

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'roster-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

const files = oneRoster11([{ key: 'ida', number: '21861864070', role: 'student', orgs: 'skole' }]);
async function itemsIn(path: string): Promise<readonly RosterItem[]> {
  const items: RosterItem[] = [];
  for await (const item of (await openRosterFile(path)).read()) items.push(item);
  return items;
}
const faultsOf = (items: readonly RosterItem[]) =>
  items.flatMap((item) =>
    item.kind === 'fault' ? `${item.fault.file} ${item.fault.kind} ${item.fault.what}` : [],
  );

describe('a roster on disk', () => {
  test('is the same zipped and in a folder', async () => {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    const inFolder = await itemsIn(folder);
    const zip = join(folder, 'roster.zip');
    await writeFile(zip, zipOf(files));
    const zipped = await itemsIn(zip);
    expect(zipped).toEqual(inFolder);
    expect(zipped.filter(({ kind }) => kind === 'person')).toHaveLength(1);
    await rm(zip);
  });

  test('has a digest that stands for what is in it', async () => {
    const before = await openRosterFile(folder);
    expect((await openRosterFile(folder)).digest).toBe(before.digest);
    await writeFile(join(folder, 'users.csv'), `${files['users.csv']} `);
    expect((await openRosterFile(folder)).digest).not.toBe(before.digest);
  });

  test('is refused when the zip is cut off or says something else than it holds', async () => {
    const zip = zipOf(files);
    const cut = join(folder, 'cut.zip');
    await writeFile(cut, zip.subarray(0, zip.length - 40));
    expect(faultsOf(await itemsIn(cut))).toEqual(['null not-a-roster zip']);
    const spoilt = join(folder, 'spoilt.zip');
    // The checksum stands before the name, in the header of the entry and once more in the directory.
    zip[zip.indexOf('users.csv') - 16]! ^= 1;
    zip[zip.lastIndexOf('users.csv') - 30]! ^= 1;
    await writeFile(spoilt, zip);
    expect(faultsOf(await itemsIn(spoilt))).toContain('users.csv not-csv file');
  });

  test('is refused when unpacked it would fill a disk', async () => {
    const zip = zipOf({ 'users.csv': 'x' });
    const directory = zip.lastIndexOf('PK\u0001\u0002');
    zip.writeUInt32LE(2 ** 31, directory + 24);
    await writeFile(join(folder, 'big.zip'), zip);
    expect(faultsOf(await itemsIn(join(folder, 'big.zip')))).toEqual(['null not-a-roster zip']);
  });

  test('is PIFU-IMS when it is a file by itself', async () => {
    await writeFile(join(folder, 'x.xml'), '<a/>');
    expect(faultsOf(await itemsIn(join(folder, 'x.xml')))).toEqual(['null not-a-roster enterprise']);
  });
});
