import * as asn1 from 'asn1js';
import { X509Certificate, createPrivateKey } from 'node:crypto';
import * as pki from 'pkijs';

/** Encrypts as Fiks wants it: a key of its own under RSA-OAEP with SHA-256, the content under AES-256-CBC. */
export async function encryptTo(certificate: string, content: Uint8Array): Promise<Buffer> {
  const enveloped = new pki.EnvelopedData();
  enveloped.addRecipientByCertificate(readCertificate(certificate), { oaepHashAlgorithm: 'SHA-256' });
  const aes: AesKeyAlgorithm = { name: 'AES-CBC', length: 256 };
  await enveloped.encrypt(aes, bytesOf(content));
  const info = new pki.ContentInfo({
    contentType: pki.ContentInfo.ENVELOPED_DATA,
    content: enveloped.toSchema(),
  });
  return Buffer.from(info.toSchema().toBER());
}

/** Throws when it was not encrypted to the holder of the key. */
export async function decrypt(certificate: string, key: string, message: Uint8Array): Promise<Buffer> {
  const parsed = asn1.fromBER(bytesOf(message));
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
