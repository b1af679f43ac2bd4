import { newCertificate } from '@ranselpost/infra/simulators/common/certificate';
import { describe, expect, test } from 'vitest';
import { packAsice, streamAsice, unpackAsice } from './asice.ts';
import { decrypt, encryptStream, encryptTo } from './cms.ts';
import { element, readXml, textAt, toDocument } from './xml.ts';

const [ours, theirs] = [newCertificate('ours'), newCertificate('theirs')];
const files = { 'arkivmelding.xml': Buffer.from('<a/>'), 'dokument.pdf': Buffer.from('%PDF') };

describe('what goes through Fiks', () => {
  test('opens for the holder of the key, and for nobody else', async () => {
    const sealed = await encryptTo(theirs.certificate, Buffer.from('hemmelig'));
    expect(sealed.includes('hemmelig')).toBe(false);
    expect((await decrypt(theirs.certificate, theirs.key, sealed)).toString()).toBe('hemmelig');
    await expect(decrypt(ours.certificate, ours.key, sealed)).rejects.toThrow();
  });

  test('begins with its type, and is as it was packed', async () => {
    const container = await packAsice(files, ours);
    expect(container.subarray(30, 69).toString()).toBe('mimetypeapplication/vnd.etsi.asic-e+zip');
    expect(Object.keys(await unpackAsice(container))).toEqual(Object.keys(files));
  });

  test('is refused when anything in it was changed or left out', async () => {
    const container = await packAsice({ 'arkivmelding.xml': Buffer.from('<saken/>') }, ours);
    for (const place of [Math.floor(container.length / 2), container.length - 80]) {
      const changed = Buffer.from(container);
      changed[place]! ^= 1;
      await expect(unpackAsice(changed)).rejects.toThrow();
    }
    await expect(unpackAsice(Buffer.from('not a zip'))).rejects.toThrow();
  });
});

test('what is large is packed and encrypted as it comes, and read by whoever reads the small', async () => {
  const piece = Buffer.alloc(100_000, 'stor');
  let held = 0;
  const large = async function* () {
    for (let count = 0; count < 200; count += 1) {
      held += 1;
      yield piece;
    }
  };
  const container = streamAsice(
    [
      { name: 'arkivmelding.xml', content: Buffer.from('<a/>') },
      { name: 'vedlegg-1.pdf', content: large() },
    ],
    ours,
  );
  const parts: Buffer[] = [];
  let behind = 0;
  for await (const part of encryptStream(theirs.certificate, container)) {
    parts.push(part);
    behind = Math.max(behind, held * piece.length - parts.reduce((sum, { length }) => sum + length, 0));
  }
  expect(behind).toBeLessThan(3 * piece.length);
  const opened = await decrypt(theirs.certificate, theirs.key, Buffer.concat(parts), 2 ** 25);
  const read = await unpackAsice(opened);
  expect(Object.keys(read)).toEqual(['arkivmelding.xml', 'vedlegg-1.pdf']);
  expect(
    Buffer.from(read['vedlegg-1.pdf']!).equals(Buffer.concat(Array.from({ length: 200 }, () => piece))),
  ).toBe(true);
});

describe('XML', () => {
  test('keeps every text a text, and leaves out what has no place in it', () => {
    const text = 'Ås & <b>"\u0000\u000b😀';
    const written = toDocument(element('rot', { navn: '"<' }, element('k:felt', {}, text), null));
    const read = readXml(written.replace('<rot ', '<rot xmlns:k="urn:k" '));
    expect(textAt(read, 'felt')).toBe('Ås & <b>"😀');
    expect(read.attributes).toMatchObject({ navn: '"<' });
  });

  test('is not read when it is torn, or declares a type', () => {
    expect(() => readXml('<a><b></a>')).toThrow();
    expect(() => readXml('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')).toThrow();
  });
});
