import { constants, inflateSync } from 'node:zlib';
import type { FileRefusal } from './types.ts';

/** What makes a reader do something, open another file or take one out of this: nothing that a letter home needs. */
const active =
  /\/(JavaScript|Launch|EmbeddedFiles?|FileAttachment|RichMedia|Rendition|GoToE|GoToR|SubmitForm|ImportData)\b|\/XFA\s*[[\d]/;
const locked = /\/Encrypt\s*(\d+\s+\d+\s+R|<<)/;
const mostInflated = 64 * 1024 * 1024;

/**
 * Why a PDF is not kept: it is locked, so that nothing can look into it, or it has something in it that acts. What it looks
 * at is every byte of the file and the objects that are packed in streams, with names as they read when their `#xx` is
 * resolved. It follows no reader's idea of the structure, so that no two ideas of it can differ. Content of pages is not
 * looked at; objects cannot stand there.
 */
export function faultOfPdf(bytes: Buffer): FileRefusal | undefined {
  if (bytes.subarray(0, 5).toString('latin1') !== '%PDF-') return 'TYPE_NOT_TAKEN';
  const text = bytes.toString('latin1');
  const end = text.lastIndexOf('%%EOF');
  // Something else that begins where the document ends, such as a zip with its directory, is a second file in this one.
  if (end < 0 || text.length - end > 1_024 || text.includes('PK\u0005\u0006')) return 'UNREADABLE';
  const plain = resolved(text);
  if (locked.test(plain)) return 'LOCKED';
  if (active.test(plain)) return 'ACTIVE_CONTENT';
  return faultInPackedObjects(bytes, text);
}

const resolved = (text: string): string =>
  text.replace(/#([0-9a-fA-F]{2})/g, (_match, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );

/**
 * Looks into every stream that could be one of objects: they begin with numbers. One that says it is such a stream and is
 * packed in a way that is not looked through is refused.
 */
function faultInPackedObjects(bytes: Buffer, text: string): FileRefusal | undefined {
  let left = mostInflated;
  let before = 0;
  // Readers take any blanks behind the word for the end of its line.
  for (const { index, 0: keyword } of text.matchAll(/stream[\0\t\n\f\r ]*/g)) {
    const dictionary = resolved(text.slice(before, index));
    before = index;
    if (dictionary.endsWith('end')) continue;
    const saysSo = /\/ObjStm\b|\/First\s+\d+\s*(\/|>>)/.test(dictionary);
    if (saysSo && /\/(DecodeParms|DP)\b/.test(dictionary)) return 'UNREADABLE';
    const packed = bytes.subarray(index + keyword.length);
    // With whichever window: it need not be the largest, as it usually is (RFC 1950 § 2.2).
    const isPacked = packed.length > 2 && (packed[0]! & 0x0f) === 0x08 && packed.readUInt16BE(0) % 31 === 0;
    if (!isPacked) {
      if (saysSo && /\/Filter\b/.test(dictionary)) return 'UNREADABLE';
      continue;
    }
    if (!saysSo && !/^[\s\0]*[%\d]/.test(beginningOf(packed))) continue;
    try {
      const objects = inflateSync(packed, { maxOutputLength: left });
      left -= objects.length;
      if (active.test(resolved(objects.toString('latin1')))) return 'ACTIVE_CONTENT';
    } catch {
      // Broken, or a bomb. What no reader unpacks either does no harm, but nobody knows which of them it is.
      return 'UNREADABLE';
    }
  }
  return undefined;
}

/** The first bytes of what is packed; nothing where it cannot be unpacked. */
function beginningOf(packed: Buffer): string {
  try {
    return inflateSync(packed.subarray(0, 256), { finishFlush: constants.Z_SYNC_FLUSH })
      .subarray(0, 64)
      .toString('latin1');
  } catch {
    return '';
  }
}
