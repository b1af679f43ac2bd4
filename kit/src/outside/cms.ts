import * as asn1 from 'asn1js';
import { X509Certificate, createCipheriv, createPrivateKey, publicEncrypt, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import * as pki from 'pkijs';

/**
 * Encrypts as Fiks wants it: a key of its own under RSA-OAEP with SHA-256, the content under AES-256-CBC. As it comes, and so with
 * lengths that nobody knows before (BER), as others write large messages too.
 */
export async function* encryptStream(
  certificate: string,
  content: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  const [key, iv] = [randomBytes(32), randomBytes(16)];
  yield Buffer.concat([
    ...[hex('3080 06092a864886f70d010703 a080 3080 020100'), recipientOf(certificate, key)],
    ...[hex('3080 06092a864886f70d010701 301d 060960864801650304012a 0410'), iv, hex('a080')],
  ]);
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  for await (const chunk of content) {
    const sealed = cipher.update(chunk);
    if (sealed.length > 0) yield der(0x04, sealed);
  }
  yield Buffer.concat([der(0x04, cipher.final()), Buffer.alloc(10)]);
}

/** The same of what is small. */
export const encryptTo = (certificate: string, content: Uint8Array): Promise<Buffer> =>
  buffer(encryptStream(certificate, Readable.from([content])));

/** A set of one: whom it is for, and the key under theirs. */
function recipientOf(pem: string, key: Uint8Array): Buffer {
  const enveloped = new pki.EnvelopedData();
  enveloped.addRecipientByCertificate(readCertificate(pem), { oaepHashAlgorithm: 'SHA-256' });
  const [recipient] = enveloped.recipientInfos;
  const { publicKey } = new X509Certificate(pem);
  const sealed = publicEncrypt({ key: publicKey, oaepHash: 'sha256' }, key);
  (recipient!.value as pki.KeyTransRecipientInfo).encryptedKey = new asn1.OctetString({
    valueHex: bytesOf(sealed),
  });
  return der(0x31, Buffer.from(recipient!.toSchema().toBER()));
}

function der(tag: number, content: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([Buffer.of(tag, 0x84), length, content]);
}

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

/** Throws when it was not encrypted to the holder of the key, or is larger than it may be. */
export async function decrypt(
  certificate: string,
  key: string,
  message: Uint8Array,
  mostBytes = 16 * 1024 * 1024,
): Promise<Buffer> {
  const parsed = asn1.fromBER(bytesOf(message), { maxContentLength: mostBytes });
  if (parsed.offset === -1) throw new Error('not a CMS message');
  const info = new pki.ContentInfo({ schema: parsed.result });
  const enveloped = new pki.EnvelopedData({ schema: info.content });
  return Buffer.from(
    await enveloped.decrypt(0, {
      recipientCertificate: readCertificate(certificate),
      recipientPrivateKey: pkcs8(key),
    }),
  );
}

/** Signs what lies beside the signature (CAdES, detached), with SHA-256. */
export async function signBeside(certificate: string, key: string, content: Uint8Array): Promise<Buffer> {
  const holder = readCertificate(certificate);
  const signed = new pki.SignedData({
    encapContentInfo: new pki.EncapsulatedContentInfo({ eContentType: pki.ContentInfo.DATA }),
    signerInfos: [
      new pki.SignerInfo({
        sid: new pki.IssuerAndSerialNumber({ issuer: holder.issuer, serialNumber: holder.serialNumber }),
      }),
    ],
    certificates: [holder],
  });
  const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const signingKey = await crypto.subtle.importKey('pkcs8', pkcs8(key), rsa, false, ['sign']);
  await signed.sign(signingKey, 0, 'SHA-256', bytesOf(content));
  const info = new pki.ContentInfo({
    contentType: pki.ContentInfo.SIGNED_DATA,
    content: signed.toSchema(true),
  });
  return Buffer.from(info.toSchema().toBER());
}

/** Whether a signature fits what lies beside it. Says nothing of who signed. */
export async function isSigned(signature: Uint8Array, content: Uint8Array): Promise<boolean> {
  const info = new pki.ContentInfo({ schema: asn1.fromBER(bytesOf(signature)).result });
  const signed = new pki.SignedData({ schema: info.content });
  return signed.verify({ signer: 0, data: bytesOf(content), checkChain: false }).catch(() => false);
}

const readCertificate = (pem: string): pki.Certificate =>
  pki.Certificate.fromBER(bytesOf(new X509Certificate(pem).raw));

const pkcs8 = (pem: string): ArrayBuffer =>
  bytesOf(createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' }));

/** Buffers lie in a pool that others use too. */
const bytesOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;
