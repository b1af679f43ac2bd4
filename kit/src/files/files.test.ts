import { type Clamd, eicar, startClamd } from '@ranselpost/infra/simulators/clamd/server';
import { startS3 } from '@ranselpost/infra/simulators/s3/server';
import { readdirSync, statSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../ids.ts';
import type { KeyRing } from '../keys.ts';
import { createClean } from './clean.ts';
import { diskStore } from './disk.ts';
import { type Files, erase, examine, forgetArrived, read, sweepOrphans, takeIn } from './files.ts';
import { objectStore } from './object-store.ts';
import { createScan } from './scan.ts';
import { faultOfPdf } from './pdf.ts';
import { type FileStore, sealedStore } from './store.ts';
import { fileTypes } from './types.ts';

const ring: KeyRing = { current: 'k1', keys: new Map([['k1', new Uint8Array(32).fill(7)]]) };
const s3Options = { accessKeyId: 'ours', secretAccessKey: 'a-secret-of-ours', region: 'no', pageSize: 2 };

let folder: string;
let clamd: Clamd;
let files: Files;
let closeS3: () => Promise<void>;
let places: readonly (readonly [string, FileStore])[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'files-'));
  clamd = await startClamd();
  const s3 = await startS3(s3Options);
  closeS3 = s3.close;
  places = [
    ['a folder', diskStore(folder)],
    ['a bucket', objectStore({ ...s3Options, bucket: new URL(s3.bucket) })],
  ];
  files = {
    place: places[0]![1],
    store: sealedStore(places[0]![1], ring),
    clean: createClean({ withinMs: 20_000 }),
    scan: createScan({ address: new URL(clamd.address), silentMs: 500 }),
  };
});
afterAll(async () => {
  await Promise.all([clamd.close(), closeS3()]);
  await rm(folder, { recursive: true });
});

/** In pieces of uneven size, as a network hands them over. */
const inPieces = (bytes: Buffer): Readable =>
  Readable.from(
    (function* () {
      for (let from = 0, size = 1; from < bytes.length; from += size, size = 1 + ((size * 7) % 9_973))
        yield bytes.subarray(from, from + size);
    })(),
  );
const lying = async (): Promise<string[]> =>
  (await readdir(folder, { recursive: true })).filter((name) => /[0-9a-f-]{36}/.test(name));
const noisy = (width: number, height: number) =>
  sharp({
    create: {
      ...{ width, height, channels: 3, background: '#888' },
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
    },
  });
const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
};
const pdfWith = (...objects: string[]): Buffer =>
  Buffer.from(`%PDF-1.7\n${objects.join('\n')}\ntrailer <</Root 1 0 R>>\nstartxref\n0\n%%EOF\n`, 'latin1');
const packed = (objects: string, more = '', windowBits = 15): string => {
  const body = deflateSync(Buffer.from(objects, 'latin1'), { windowBits }).toString('latin1');
  return `2 0 obj <</Type/ObjStm/N 1/First 4${more}/Filter/FlateDecode/Length ${body.length}>> stream\n${body}\nendstream endobj`;
};

/** Takes content in and looks at it, as a service does. */
async function through(content: Buffer, from: Files = files) {
  const id = newId();
  const taken = await takeIn(from, id, inPieces(content));
  if (!taken.ok) return { id, refusal: taken.refusal };
  const seen = await examine(from, id, taken.value.type);
  if (!seen.ok) return { id, refusal: seen.refusal };
  await forgetArrived(from, id);
  return { id, refusal: undefined, whole: await buffer(await read(from, id, 'whole')) };
}

describe('a picture (security § 4, test 11)', () => {
  test('is kept as what can be seen of it: no position, no time, no camera, the right way up', async () => {
    const taken = await noisy(900, 300)
      .jpeg()
      .withExif({
        IFD0: { Make: 'Planted-Camera' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '60/1 23/1 12/1', GPSLongitude: '5/1 19/1 0/1' },
      })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const original = Buffer.concat([taken, Buffer.from('<script>planted()</script>')]);
    expect((await sharp(original).metadata()).exif).toBeDefined();
    const { id, whole } = await through(original);
    for (const planted of ['Exif', 'Planted-Camera', 'planted()', 'ICC_PROFILE', 'http://ns.adobe.com/xap'])
      expect(whole!.includes(planted), planted).toBe(false);
    const { exif, icc, xmp, orientation, width, height } = await sharp(whole).metadata();
    expect({ exif, icc, xmp, orientation, width, height }).toEqual({ width: 300, height: 900 });
    const small = await sharp(await buffer(await read(files, id, 'thumbnail'))).metadata();
    expect(small).toMatchObject({ format: 'jpeg', height: 320 });
  });

  test.each(['png', 'webp'] as const)('stays %s, without its comments', async (format) => {
    const original = await noisy(50, 50)
      .toFormat(format)
      .withExif({ IFD0: { Copyright: 'planted' } })
      .toBuffer();
    const { whole } = await through(original);
    expect((await sharp(whole).metadata()).format).toBe(format);
    expect(whole!.includes('planted')).toBe(false);
  });

  test('of more pixels than any camera takes is refused before it is decoded', async () => {
    const size = Buffer.alloc(13);
    size.writeUInt32BE(30_000, 0);
    size.writeUInt32BE(30_000, 4);
    size.set([8, 2], 8);
    const flood = Buffer.concat([
      Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'),
      chunk('IHDR', size),
      chunk('IDAT', deflateSync(Buffer.alloc(3_000_000))),
      chunk('IEND', Buffer.alloc(0)),
    ]);
    expect(flood.length).toBeLessThan(5_000);
    expect((await through(flood)).refusal).toBe('TOO_MANY_PIXELS');
  });

  test('that is broken off, or text behind the first bytes of one, is refused', async () => {
    const whole = await noisy(400, 400).jpeg().toBuffer();
    expect((await through(whole.subarray(0, whole.length / 2))).refusal).toBe('UNREADABLE');
    const pretended = Buffer.concat([whole.subarray(0, 20), Buffer.from('<html>'.repeat(2_000))]);
    expect((await through(pretended)).refusal).toBe('UNREADABLE');
  });

  test('that takes too long or too much memory costs its own process and nothing else', async () => {
    const large = await noisy(1_200, 1_200).jpeg().toBuffer();
    for (const limit of [{ withinMs: 1 }, { mostBytes: 1_000_000 }])
      expect((await through(large, { ...files, clean: createClean(limit) })).refusal).toBe('UNREADABLE');
    expect(await lying()).not.toContainEqual(expect.stringContaining('.new'));
  });
});

describe('a document', () => {
  test('is kept as it is', async () => {
    const letter = pdfWith(
      '1 0 obj <</Type/Catalog/OpenAction [3 0 R /Fit]>> endobj',
      packed('3 0 <</Type/Page>>'),
    );
    expect((await through(letter)).whole).toEqual(letter);
  });

  test.each([
    [
      'a program',
      pdfWith('1 0 obj <</OpenAction <</S/JavaScript/JS(app.alert(1))>> >> endobj'),
      'ACTIVE_CONTENT',
    ],
    ['a program by another spelling', pdfWith('1 0 obj <</S/J#61vaScript>> endobj'), 'ACTIVE_CONTENT'],
    ['a program among packed objects', pdfWith(packed('3 0 <</S/#4aavaScript>>')), 'ACTIVE_CONTENT'],
    [
      'a program packed as something else',
      pdfWith(packed('3 0 <</S/Launch>>').replace('/ObjStm', '/X')),
      'ACTIVE_CONTENT',
    ],
    ...['stream \n', 'stream\r', 'stream \t\r\n'].map((keyword): [string, Buffer, string] => [
      `a program behind ${JSON.stringify(keyword)}`,
      pdfWith(packed('3 0 <</S/JavaScript>>').replace('stream\n', keyword)),
      'ACTIVE_CONTENT',
    ]),
    [
      'a program packed with a small window',
      pdfWith(
        packed('3 0 <</S/JavaScript>>', '', 9).replace('/ObjStm', '/X').replace('/First 4', '/First 4 0 R'),
      ),
      'ACTIVE_CONTENT',
    ],
    [
      'another file in it',
      pdfWith('1 0 obj <</Type/Filespec/EF <<>> /EmbeddedFiles 2 0 R>> endobj'),
      'ACTIVE_CONTENT',
    ],
    ['a form that sends', pdfWith('1 0 obj <</S /SubmitForm>> endobj'), 'ACTIVE_CONTENT'],
    [
      'objects packed in a way nobody looks through',
      pdfWith(packed('3 0 <<>>', '/DecodeParms<</Predictor 12>>')),
      'UNREADABLE',
    ],
    ['a bomb', pdfWith(packed(`3 0 ${' '.repeat(70_000_000)}`)), 'UNREADABLE'],
    ['a lock', pdfWith('trailer <</Encrypt 5 0 R>>'), 'LOCKED'],
    [
      'a zip behind it',
      Buffer.concat([pdfWith(), Buffer.from('PK\u0003\u0004…PK\u0005\u0006')]),
      'UNREADABLE',
    ],
    ['a page behind it', Buffer.concat([pdfWith(), Buffer.from(`<html>${' '.repeat(2_000)}`)]), 'UNREADABLE'],
  ])('with %s is refused', (_what, content, refusal) => {
    expect(faultOfPdf(content)).toBe(refusal);
  });

  test('that is refused by the process that looks at it leaves nothing', async () => {
    const before = await lying();
    expect((await through(pdfWith('1 0 obj <</S/JavaScript>> endobj'))).refusal).toBe('ACTIVE_CONTENT');
    expect(await lying()).toEqual(before);
  });
});

describe('what comes in', () => {
  test.each([
    ['nothing', Buffer.alloc(0), 'EMPTY'],
    ['a page', Buffer.from('<html><script>alert(1)</script>'), 'TYPE_NOT_TAKEN'],
    [
      'a drawing that is a program',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      'TYPE_NOT_TAKEN',
    ],
    ['a program', Buffer.from(`MZ${'\0'.repeat(5_000)}`), 'TYPE_NOT_TAKEN'],
    ['the standard test file as it is', eicar, 'TYPE_NOT_TAKEN'],
    ['a PDF behind something else', Buffer.concat([Buffer.from('GIF89a'), pdfWith()]), 'TYPE_NOT_TAKEN'],
    ['the standard test file in a document', pdfWith(eicar.toString('latin1')), 'MALWARE'],
  ])('%s is refused, and leaves nothing', async (_what, content, refusal) => {
    const before = await lying();
    expect((await through(content)).refusal).toBe(refusal);
    expect(await lying()).toEqual(before);
  });

  test.each(fileTypes)('$mediaType of more than it may have is refused while it comes', async (type) => {
    const heads = {
      jpg: [0xff, 0xd8, 0xff],
      png: [0x89, 0x50, 0x4e, 0x47, 0xd, 0xa, 0x1a, 0xa, 0, 0, 0, 13, 73, 72, 68, 82],
    };
    const head =
      type.extension === 'webp'
        ? Buffer.from('RIFF\u0000\u0000\u0000\u0000WEBPVP8 ', 'latin1')
        : type.extension === 'pdf'
          ? Buffer.from('%PDF-1.7')
          : Buffer.from(heads[type.extension as keyof typeof heads]);
    let sent = 0;
    const endless = async function* () {
      yield Buffer.concat([head, Buffer.alloc(5_000)]);
      for (;;) {
        sent += 1_000_000;
        yield Buffer.alloc(1_000_000);
      }
    };
    const before = await lying();
    expect(await takeIn(files, newId(), endless())).toEqual({ ok: false, refusal: 'TOO_LARGE' });
    expect(sent).toBeLessThan(type.maxBytes + 2_000_000);
    expect(await lying()).toEqual(before);
  });

  test('leaves nothing when whoever sends breaks off', async () => {
    const before = await lying();
    const photo = await noisy(500, 500).jpeg().toBuffer();
    const broken = async function* () {
      yield photo.subarray(0, photo.length / 2);
      throw new Error('the line is gone');
    };
    await expect(takeIn(files, newId(), broken())).rejects.toThrow('the line is gone');
    expect(await lying()).toEqual(before);
  });
});

describe('a scanner that does not say (fail closed)', () => {
  test.each(['DOWN', 'SILENT', 'GARBAGE'] as const)(
    '%s: the file waits where nobody has it',
    async (mode) => {
      const photo = await noisy(300, 300).jpeg().toBuffer();
      const id = newId();
      const taken = await takeIn(files, id, inPieces(photo));
      if (!taken.ok) throw new Error('not taken');
      clamd.set(mode);
      try {
        await expect(examine(files, id, taken.value.type)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
        await expect(read(files, id, 'whole')).rejects.toMatchObject({ code: 'NOT_FOUND' });
      } finally {
        clamd.set('WELL');
      }
      expect(await examine(files, id, taken.value.type)).toMatchObject({ ok: true });
      await erase(files, id);
      expect((await lying()).filter((name) => name.includes(id))).toEqual([]);
    },
  );
});

test('a store gives back what was put, lists it, and forgets it, wherever it lies', async () => {
  for (const [, place] of places) {
    const store = sealedStore(place, ring);
    const name = newId();
    for (const size of [0, 1, 65_536, 65_537, 300_000]) {
      const content = Buffer.alloc(size, 'ab');
      expect(await store.put(name, inPieces(content))).toBe(size);
      expect(await buffer(await store.get(name))).toEqual(content);
    }
    const others = [newId(), newId(), newId()];
    for (const other of others) await store.put(other, inPieces(Buffer.from('planted')));
    const listed: string[] = [];
    for await (const { name: one } of store.list()) listed.push(one);
    expect(listed).toEqual(expect.arrayContaining([name, ...others]));
    await store.remove(name);
    await store.remove(name);
    await expect(store.get(name)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await buffer(await place.get(others[0]!))).not.toContain('planted');
    const later = new Date(Date.now() + 2 * 3_600_000);
    expect(await sweepOrphans({ ...files, store }, new Date(), async () => new Set())).toBe(0);
    expect(
      await sweepOrphans(
        { ...files, store },
        later,
        async (ids) => new Set(ids.filter((id) => id !== others[2])),
      ),
    ).toBe(1);
    for (const other of others) await store.remove(other);
  }
});

test('sealed content that was moved, cut or changed does not open', async () => {
  const [name, other] = [newId(), newId()];
  await files.store.put(name, inPieces(Buffer.alloc(200_000, 'x')));
  const pathOf = (id: string): string => join(folder, id.slice(34, 36), id);
  const sealed = await readFile(pathOf(name));
  await files.store.put(other, inPieces(Buffer.from('y')));
  const changed = Buffer.from(sealed);
  changed[100_000]! ^= 1;
  for (const content of [sealed, sealed.subarray(0, 65_570), sealed.subarray(0, -1), changed]) {
    const target = content === sealed ? other : name;
    await writeFile(pathOf(target), content);
    await expect(files.store.get(target).then(buffer)).rejects.toThrow();
  }
  await Promise.all([files.store.remove(name), files.store.remove(other)]);
});

describe('content of a hundred megabytes', () => {
  const bytes = 100_000_000;
  const piece = Buffer.alloc(50_000, 'x');
  const aFewPieces = 4_000_000;

  test('is never held as a whole, on its way in or out', async () => {
    const name = newId();
    const disk = places[0]![1];
    let ahead = 0;
    const written = (): number =>
      readdirSync(join(folder, 'incoming')).reduce(
        (sum, at) => sum + statSync(join(folder, 'incoming', at)).size,
        0,
      );
    const given = async function* () {
      for (let sent = 0; sent < bytes; sent += piece.length) {
        if (sent > 0 && sent % 1_000_000 === 0) ahead = Math.max(ahead, sent - written());
        yield piece;
      }
    };
    expect(await files.store.put(name, given())).toBe(bytes);
    expect(ahead).toBeLessThan(aFewPieces);

    let read = 0;
    let got = 0;
    ahead = 0;
    const counted = async function* (content: AsyncIterable<Buffer>) {
      for await (const chunk of content) {
        read += chunk.length;
        yield chunk;
      }
    };
    const watched = sealedStore(
      { ...disk, get: async (at) => Readable.from(counted(await disk.get(at))) },
      ring,
    );
    for await (const { length } of (await watched.get(name)) as AsyncIterable<Buffer>) {
      got += length;
      ahead = Math.max(ahead, read - got);
    }
    expect(got).toBe(bytes);
    expect(ahead).toBeLessThan(aFewPieces);
    await files.store.remove(name);
  });
});
