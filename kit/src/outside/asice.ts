import { unzipSync, zipSync } from 'fflate';
import { createHash } from 'node:crypto';
import { isSigned, signBeside } from './cms.ts';

/** A file of a container, by name. */
export type Files = Readonly<Record<string, Uint8Array>>;

interface Holder {
  readonly certificate: string;
  readonly key: string;
}

const mimetype = 'application/vnd.etsi.asic-e+zip';
const manifestFile = 'META-INF/asicmanifest.xml';
const signatureFile = 'META-INF/signature.p7s';
const mostBytes = 64 * 1024 * 1024;

/** Packs files with a manifest of their sums and a signature over it: ASiC-E (ETSI TS 102 918), as Fiks IO carries. */
export async function packAsice(files: Files, holder: Holder): Promise<Buffer> {
  const manifest = Buffer.from(manifestOf(files));
  const signature = await signBeside(holder.certificate, holder.key, manifest);
  // The type comes first and as it is, so that whoever looks at the first bytes knows what this is.
  const entries = { mimetype: [Buffer.from(mimetype), { level: 0 }] as [Uint8Array, { level: 0 }] };
  return Buffer.from(
    zipSync(
      { ...entries, ...files, [manifestFile]: manifest, [signatureFile]: signature },
      { mtime: '1980-01-01' },
    ),
  );
}

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

function manifestOf(files: Files): string {
  const references = Object.entries(files).map(([name, bytes]) => {
    if (!/^[a-z0-9][a-z0-9.-]*$/.test(name)) throw new Error('a file has a name that needs escaping');
    const type = mimeTypes[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
    return (
      `<DataObjectReference MimeType="${type}" URI="${name}">` +
      `<DigestMethod xmlns="${xmlSignature}" Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>` +
      `<DigestValue xmlns="${xmlSignature}">${sumOf(bytes)}</DigestValue></DataObjectReference>`
    );
  });
  return (
    `<?xml version="1.0" encoding="UTF-8"?><ASiCManifest xmlns="http://uri.etsi.org/02918/v1.2.1#">` +
    `<SigReference MimeType="application/x-pkcs7-signature" URI="${signatureFile}"/>${references.join('')}</ASiCManifest>`
  );
}

const xmlSignature = 'http://www.w3.org/2000/09/xmldsig#';
