import { unzipSync } from 'fflate';
import { type Hash, createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { isSigned, signBeside } from './cms.ts';
import { type ZipEntry, writeZip } from './zip.ts';

/** A file of a container, by name. */
export type Files = Readonly<Record<string, Uint8Array>>;

interface Holder {
  readonly certificate: string;
  readonly key: string;
}

const mimetype = 'application/vnd.etsi.asic-e+zip';
const manifestFile = 'META-INF/asicmanifest.xml';
const signatureFile = 'META-INF/signature.p7s';
const mostBytes = 80 * 1024 * 1024;

/** Packs files with a manifest of their sums and a signature over it: ASiC-E (ETSI TS 102 918), as Fiks IO carries. */
export async function* streamAsice(files: readonly ZipEntry[], holder: Holder): AsyncGenerator<Uint8Array> {
  const sums = new Map<string, string>();
  yield* writeZip(
    (async function* (): AsyncGenerator<ZipEntry> {
      // The type comes first and as it is, so that whoever looks at the first bytes knows what this is.
      yield { name: 'mimetype', content: Buffer.from(mimetype) };
      for (const { name, content } of files) {
        const sum = createHash('sha256');
        yield { name, content: content instanceof Uint8Array ? content : summed(content, sum) };
        if (content instanceof Uint8Array) sum.update(content);
        sums.set(name, sum.digest('base64'));
      }
      const manifest = Buffer.from(manifestOf(sums));
      yield { name: manifestFile, content: manifest };
      yield { name: signatureFile, content: await signBeside(holder.certificate, holder.key, manifest) };
    })(),
  );
}

async function* summed(content: AsyncIterable<Uint8Array>, sum: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of content) {
    sum.update(chunk);
    yield chunk;
  }
}

/** The same of what is small. */
export const packAsice = (files: Files, holder: Holder): Promise<Buffer> =>
  buffer(
    streamAsice(
      Object.entries(files).map(([name, content]) => ({ name, content })),
      holder,
    ),
  );

/** Answers the files of a container. Throws when it is none, has been changed, or is larger than any should be. */
export async function unpackAsice(container: Uint8Array): Promise<Files> {
  let total = 0;
  const entries = unzipSync(container, {
    filter: ({ originalSize }) => {
      total += originalSize;
      if (total > mostBytes) throw new Error('the container is larger than any should be');
      return true;
    },
  });
  if (
    Buffer.from(entries['mimetype'] ?? [])
      .toString()
      .trim() !== mimetype
  )
    throw new Error('not an ASiC-E container');
  const inside = Object.keys(entries).filter((name) => name.startsWith('META-INF/'));
  const manifest = entries[inside.find((name) => /asicmanifest[^/]*\.xml$/i.test(name)) ?? ''];
  const text = Buffer.from(manifest ?? []).toString();
  const signature = entries[/SigReference[^>]*\bURI="([^"]+)"/.exec(text)?.[1] ?? ''];
  if (manifest === undefined || signature === undefined || !(await isSigned(signature, manifest)))
    throw new Error('the container is not signed');
  const files = Object.fromEntries(
    Object.entries(entries).filter(([name]) => name !== 'mimetype' && !inside.includes(name)),
  );
  for (const [name, bytes] of Object.entries(files))
    if (sumsOf(text).get(name) !== sumOf(bytes)) throw new Error('the container has been changed');
  return files;
}

/** The sums that a manifest gives, by file; written by whoever packed it, with any prefix for its names. */
function sumsOf(manifest: string): ReadonlyMap<string, string> {
  const found = manifest.matchAll(
    /DataObjectReference[^>]*\bURI="([^"]+)"[^>]*>.*?DigestMethod[^>]*#sha256".*?DigestValue[^>]*>\s*([^<\s]+)/gs,
  );
  return new Map([...found].map(([, name, sum]) => [name!, sum!]));
}

const sumOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64');

const mimeTypes: Readonly<Record<string, string>> = {
  xml: 'application/xml',
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
};

function manifestOf(sums: ReadonlyMap<string, string>): string {
  const references = [...sums].map(([name, sum]) => {
    if (!/^[a-z0-9][a-z0-9.-]*$/.test(name)) throw new Error('a file has a name that needs escaping');
    const type = mimeTypes[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
    return (
      `<DataObjectReference MimeType="${type}" URI="${name}">` +
      `<DigestMethod xmlns="${xmlSignature}" Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>` +
      `<DigestValue xmlns="${xmlSignature}">${sum}</DigestValue></DataObjectReference>`
    );
  });
  return (
    `<?xml version="1.0" encoding="UTF-8"?><ASiCManifest xmlns="http://uri.etsi.org/02918/v1.2.1#">` +
    `<SigReference MimeType="application/x-pkcs7-signature" URI="${signatureFile}"/>${references.join('')}</ASiCManifest>`
  );
}

const xmlSignature = 'http://www.w3.org/2000/09/xmldsig#';
