import { extractText, getDocumentProxy, getMeta } from 'unpdf';
import { expect, test } from 'vitest';
import { writePdf } from './index.ts';

const letter = {
  title: 'Brev frå Tingvika kommune',
  language: 'nn-NO',
  at: new Date('2026-11-22T10:00:00Z'),
  address: ['ROLIG PARAPLY', 'Granittvegen 9', '5003 BERGEN'],
  place: ['Tingvika, 22. november 2026'],
} as const;

test('a letter is read by who did not write it: its text in order, its language, title and parts, as PDF/A (ARK-06, KRR-09)', async () => {
  const written = await writePdf({
    ...letter,
    text: 'Kjære føresett.\n\nČálus lea dás: đŋšŧž. Λόγος. Привет.',
  });
  const pdf = await getDocumentProxy(new Uint8Array(written));
  const { text } = await extractText(pdf, { mergePages: true });
  expect(text.replaceAll(/\s+/g, ' ').trim()).toBe(
    [
      ...[...letter.address, ...letter.place, letter.title],
      ...['Kjære føresett.', 'Čálus lea dás: đŋšŧž. Λόγος. Привет.'],
    ].join(' '),
  );
  const { info, metadata } = await getMeta(pdf);
  expect(info).toMatchObject({ Title: letter.title, Language: 'nn-NO', PDFFormatVersion: '1.7' });
  const said = metadata as { get(name: string): unknown };
  expect([said.get('pdfaid:part'), said.get('pdfaid:conformance')]).toEqual(['2', 'A']);
  expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true });
  const tree = await (await pdf.getPage(1)).getStructTree();
  const roles = (node: object): string[] => {
    const { role, children = [] } = node as { role?: string; children?: object[] };
    return [...(role === undefined ? [] : [role]), ...children.flatMap(roles)];
  };
  expect(roles(tree).filter((role) => /^(H1|P)$/.test(role))).toEqual(['P', 'P', 'H1', 'P', 'P']);
  await pdf.cleanup();
});

test('what goes to the archive has no address and no place, and pages as many as it needs (ARK-06)', async () => {
  const text = Array.from({ length: 70 }, (_none, line) => `Linje ${line}.`).join('\n\n');
  const written = await writePdf({ ...letter, address: null, place: [], text });
  const { totalPages, text: pages } = await extractText(await getDocumentProxy(new Uint8Array(written)));
  expect(totalPages).toBeGreaterThan(1);
  expect(pages.join(' ').match(/Linje \d+\./g)).toEqual(
    Array.from({ length: 70 }, (_none, line) => `Linje ${line}.`),
  );
});
