import { expect, test } from 'vitest';
import { newId } from '../ids.ts';
import { guardian, staff } from '../testing/actors.ts';
import { createLinks } from './links.ts';
import { toFileName } from './types.ts';

test.each([
  ['Ukeplan 3A (uke 34).pdf', 'Ukeplan 3A (uke 34).pdf'],
  ['../../etc/passwd', 'passwd.pdf'],
  ['C:\\Mine filer\\brev.docx', 'brev.pdf'],
  ['faktura\u202Efdp.exe', 'faktura fdp.pdf'],
  ['<img onerror=x>.pdf', 'img onerror x.pdf'],
  ['a\r\nset-cookie: x', 'a set-cookie x.pdf'],
  ['Ære være Åse.pdf', 'Ære være Åse.pdf'],
  ['письмо.pdf', 'письмо.pdf'],
  ['.pdf', 'file.pdf'],
  ['', 'file.pdf'],
  ['x'.repeat(500), `${'x'.repeat(80)}.pdf`],
])('the name %j becomes %j', (said, shown) => {
  expect(toFileName(said, { extension: 'pdf' })).toBe(shown);
});

test('a link is for one person in one capacity, for five minutes, and not to be made by hand', () => {
  const key = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);
  const ring = {
    current: 'b',
    keys: new Map([
      ['a', key(1)],
      ['b', key(2)],
    ]),
  };
  const links = createLinks(ring);
  const [mother, father] = [guardian(newId()), guardian(newId())];
  const now = new Date('2026-11-22T10:00:00Z');
  const linked = { id: newId(), part: 'thumbnail' as const };
  const link = links.make(mother, linked, now);
  expect(links.read(mother, link, now)).toEqual(linked);
  expect(links.read(mother, link, new Date('2026-11-22T10:04:59Z'))).toEqual(linked);
  expect(links.read(mother, link, new Date('2026-11-22T10:05:01Z'))).toBeUndefined();
  expect(links.read(father, link, now)).toBeUndefined();
  expect(links.read(staff(mother.personId), link, now)).toBeUndefined();
  const bytes = Buffer.from(link, 'base64url');
  for (let place = 0; place < bytes.length; place += 1) {
    const changed = Buffer.from(bytes);
    changed[place]! ^= 1;
    expect(links.read(mother, changed.toString('base64url'), now)).toBeUndefined();
  }
  for (const other of ['', 'x', link.slice(0, -4), `${link}AAAA`])
    expect(links.read(mother, other, now)).toBeUndefined();
  const older = createLinks({ current: 'a', keys: new Map([['a', key(1)]]) }).make(mother, linked, now);
  expect(links.read(mother, older, now)).toEqual(linked);
  expect(
    createLinks({ current: 'c', keys: new Map([['c', key(3)]]) }).read(mother, link, now),
  ).toBeUndefined();
});
