import { buffer } from 'node:stream/consumers';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import sharp from 'sharp';
import { faultOfPdf } from './pdf.ts';
import { exitFor, longestSide, maxPixels, thumbnailSide } from './clean-limits.ts';
import type { FileRefusal } from './types.ts';

/**
 * Runs as a process of its own, without environment, files or network to speak of: a file in at standard input, out
 * what may be kept at standard output, a thumbnail at descriptor 3, and a refusal as the exit status.
 */
sharp.cache(false);
sharp.concurrency(1);
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
});

const [, , kind] = process.argv;
const content = await buffer(process.stdin);
const refusal = kind === 'picture' ? await encodeAnew(content) : faultOfPdf(content);
process.exitCode = refusal === undefined ? 0 : exitFor[refusal];

async function encodeAnew(bytes: Buffer): Promise<FileRefusal | undefined> {
  const picture = sharp(bytes, { limitInputPixels: maxPixels, failOn: 'error', sequentialRead: true });
  try {
    const { format } = await picture.metadata();
    const shown = picture
      .autoOrient()
      .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true });
    const encoded =
      format === 'png'
        ? shown.png({ compressionLevel: 6 })
        : format === 'webp'
          ? shown.webp({ quality: 85, effort: 3 })
          : shown.jpeg({ quality: 85, mozjpeg: false });
    const whole = await encoded.toBuffer();
    const small = await sharp(whole, { limitInputPixels: maxPixels })
      .resize({ width: thumbnailSide, height: thumbnailSide, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 75 })
      .toBuffer();
    await write(process.stdout, whole);
    await write(createWriteStream('', { fd: 3 }), small);
    return undefined;
  } catch (error) {
    return /pixel limit/i.test(String(error)) ? 'TOO_MANY_PIXELS' : 'UNREADABLE';
  }
}

async function write(stream: NodeJS.WritableStream, bytes: Buffer): Promise<void> {
  stream.end(bytes);
  await finished(stream);
}
