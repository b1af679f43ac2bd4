import * as asn1 from 'asn1js';
import { type KeyObject, createPublicKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export interface KeyWithCertificate {
  /** PKCS 8, PEM. */
  readonly key: string;
  /** X.509, PEM. */
  readonly certificate: string;
}

const year = 365 * 24 * 3_600_000;

/** An RSA key with a certificate that it has signed itself, for systems that meet on this machine alone. */
export function newCertificate(name: string, now = new Date()): KeyWithCertificate {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    certificate: toPem(selfSigned(name, privateKey, now)),
  };
}

function selfSigned(name: string, key: KeyObject, now: Date): Buffer {
  const algorithm = sequence(new asn1.ObjectIdentifier({ value: '1.2.840.113549.1.1.11' }), new asn1.Null());
  const called = sequence(
    new asn1.Set({
      value: [
        sequence(new asn1.ObjectIdentifier({ value: '2.5.4.3' }), new asn1.Utf8String({ value: name })),
      ],
    }),
  );
  const serial = randomBytes(16);
  serial[0]! &= 0x7f;
  serial[0]! |= 0x40;
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const tbs = sequence(
    new asn1.Constructed({
      idBlock: { tagClass: 3, tagNumber: 0 },
      value: [new asn1.Integer({ value: 2 })],
    }),
    new asn1.Integer({ valueHex: toArrayBuffer(serial) }),
    algorithm,
    called,
    sequence(
      new asn1.UTCTime({ valueDate: new Date(now.getTime() - year / 365) }),
      new asn1.UTCTime({ valueDate: new Date(now.getTime() + 10 * year) }),
    ),
    called,
    asn1.fromBER(spki).result,
  );
  const signature = sign('sha256', Buffer.from(tbs.toBER()), key);
  return Buffer.from(
    sequence(tbs, algorithm, new asn1.BitString({ valueHex: toArrayBuffer(signature) })).toBER(),
  );
}

const sequence = (...value: asn1.BaseBlock[]): asn1.Sequence => new asn1.Sequence({ value });

const toArrayBuffer = (bytes: Buffer): ArrayBuffer => new Uint8Array(bytes).buffer;

function toPem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
