import { type CompactDecryptResult, CompactEncrypt, type JWK, compactDecrypt } from 'jose';
import type { z } from 'zod';
import type { KeyRing } from './keys.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * Encrypts what only the holders of the ring may read, bound to the thing it is about: a sealed content that is moved to
 * another event does not open. Answers a JWE in compact form (dir, A256GCM).
 */
export async function seal(ring: KeyRing, about: string, content: unknown): Promise<string> {
  const key = ring.keys.get(ring.current);
  if (key === undefined) throw new Error(`no key ${ring.current} in the ring`);
  return new CompactEncrypt(encoder.encode(JSON.stringify(content)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: ring.current, sub: about })
    .encrypt(key);
}

/** Opens what `seal` closed for the same `about`. Throws when the key, the binding or the shape is not right. */
export async function open<Schema extends z.ZodType>(
  ring: KeyRing,
  about: string,
  sealed: string,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const opened = await compactDecrypt(
    sealed,
    (header) => {
      const key = ring.keys.get(header.kid ?? '');
      if (key === undefined) throw new Error(`sealed with the unknown key ${header.kid}`);
      return key;
    },
    { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] },
  );
  return contentOf(opened, about, schema);
}

/**
 * Encrypts what only the holder of the private key may read, bound as `seal` does it: whoever seals cannot open it again.
 * Answers a JWE in compact form (ECDH-ES, A256GCM).
 */
export async function sealFor(publicKey: JWK, about: string, content: unknown): Promise<string> {
  return new CompactEncrypt(encoder.encode(JSON.stringify(content)))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: publicKey.kid!, sub: about })
    .encrypt(publicKey);
}

/** Opens what `sealFor` closed for the same `about`. Throws when the key, the binding or the shape is not right. */
export async function openOwn<Schema extends z.ZodType>(
  privateKeys: ReadonlyMap<string, JWK>,
  about: string,
  sealed: string,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const opened = await compactDecrypt(
    sealed,
    (header) => {
      const key = privateKeys.get(header.kid ?? '');
      if (key === undefined) throw new Error(`sealed with the unknown key ${header.kid}`);
      return key;
    },
    { keyManagementAlgorithms: ['ECDH-ES'], contentEncryptionAlgorithms: ['A256GCM'] },
  );
  return contentOf(opened, about, schema);
}

function contentOf<Schema extends z.ZodType>(
  { plaintext, protectedHeader }: CompactDecryptResult,
  about: string,
  schema: Schema,
): z.infer<Schema> {
  if (protectedHeader['sub'] !== about) throw new Error('sealed about something else');
  return schema.parse(JSON.parse(decoder.decode(plaintext)));
}
