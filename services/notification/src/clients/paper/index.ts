import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import PDFDocument from 'pdfkit';

export interface Page {
  /** What readers call the document, and what stands on top of it. */
  readonly title: string;
  readonly language: 'nb-NO' | 'nn-NO' | 'en-GB';
  /** Where a window envelope shows it; null for what goes into no envelope. */
  readonly address: readonly string[] | null;
  /** Shown above the text on the right, as a date. */
  readonly place: readonly string[];
  /** An empty line begins a new paragraph. */
  readonly text: string;
  readonly at: Date;
}

const require = createRequire(import.meta.url);
const fonts = join(dirname(require.resolve('@fontsource/noto-sans/package.json')), 'files');
const fontFile = (part: string, weight: 400 | 700): string =>
  join(fonts, `noto-sans-${part}-${weight}-normal.woff`);
const millimetre = 72 / 25.4;
const margin = 25 * millimetre;

/** Writes a page on paper: PDF/A-2a, tagged, its fonts inside (ARK-06). The address stands where window envelopes have theirs. */
export function writePdf({ title, language, address, place, text, at }: Page): Promise<Buffer> {
  const document = new PDFDocument({
    ...{
      size: 'A4',
      margin,
      pdfVersion: '1.7',
      subset: 'PDF/A-2a',
      tagged: true,
      lang: language,
      displayTitle: true,
    },
    info: { Title: title, Creator: 'Ranselpost', Producer: 'Ranselpost', CreationDate: at },
    font: fontFile('latin', 400),
  });
  const chunks: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });
  for (const weight of [400, 700] as const)
    for (const part of ['latin', 'latin-ext', 'cyrillic', 'greek'])
      document.registerFont(`${part}-${weight}`, fontFile(part, weight));
  const body = document.struct('Document');
  document.addStructure(body);
  const paragraph = (tag: 'P' | 'H1', written: string, weight: 400 | 700, size: number): void => {
    body.add(
      document.struct(tag, {}, () => {
        document.fontSize(size);
        inFonts(document, written, weight);
      }),
    );
  };
  if (address !== null) {
    document.y = 50 * millimetre;
    paragraph('P', address.join('\n'), 400, 11);
    document.y = 95 * millimetre;
  }
  if (place.length > 0) paragraph('P', place.join('\n'), 400, 11);
  document.moveDown();
  paragraph('H1', title, 700, 14);
  for (const part of text.split(/\n\s*\n/)) {
    document.moveDown(0.6);
    paragraph('P', part.trim(), 400, 11);
  }
  body.end();
  document.end();
  return done;
}

/** The fonts hold a part of the signs each; a sign that none of them has is shown as a question mark. */
const parts: readonly (readonly [string, RegExp])[] = [
  ['latin', /^[\t\n\r\u0020-\u00ff\u0131\u0152\u0153\u02c6\u02da\u02dc\u2000-\u206f\u20ac\u2122]$/u],
  ['latin-ext', /^[\u0100-\u02ff\u1e00-\u1eff\u20a0-\u20bf]$/u],
  ['greek', /^[\u0370-\u03ff]$/u],
  ['cyrillic', /^[\u0400-\u045f\u0490-\u04b1]$/u],
];

function inFonts(document: PDFKit.PDFDocument, text: string, weight: 400 | 700): void {
  const runs: { part: string; text: string }[] = [];
  for (const sign of text.normalize('NFC')) {
    const part = parts.find(([, signs]) => signs.test(sign))?.[0];
    const last = runs.at(-1);
    const written = part === undefined ? '?' : sign;
    if (last?.part === (part ?? 'latin')) last.text += written;
    else runs.push({ part: part ?? 'latin', text: written });
  }
  for (const [place, run] of runs.entries())
    document.font(`${run.part}-${weight}`).text(run.text, { continued: place < runs.length - 1 });
}
