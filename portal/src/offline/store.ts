import { clear, del, get, set, update } from 'idb-keyval';

const keyName = 'key';
const cipher = { name: 'AES-GCM', length: 256 };
const ivBytes = 12;

interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly bytes: ArrayBuffer;
}

/** The key never leaves the browser's own store, and what was sealed with it is nothing without it. */
async function ownKey(): Promise<CryptoKey> {
  const made = await crypto.subtle.generateKey(cipher, false, ['encrypt', 'decrypt']);
  await update<CryptoKey>(keyName, (before) => before ?? made);
  return (await get<CryptoKey>(keyName)) ?? made;
}

/** Keeps something on this device, sealed. What browsers refuse, in a private window for one, is not kept. */
export async function keep(name: string, value: unknown): Promise<void> {
  try {
    const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
    const plain = new TextEncoder().encode(JSON.stringify(value));
    const bytes = await crypto.subtle.encrypt({ ...cipher, iv }, await ownKey(), plain);
    await set(name, { iv, bytes } satisfies Sealed);
  } catch {
    // Without a store everything works, but for being there without a network.
  }
}

export async function kept(name: string): Promise<unknown> {
  try {
    const [key, sealed] = [await get<CryptoKey>(keyName), await get<Sealed>(name)];
    if (key === undefined || sealed === undefined) return undefined;
    const plain = await crypto.subtle.decrypt({ ...cipher, iv: sealed.iv }, key, sealed.bytes);
    return JSON.parse(new TextDecoder().decode(plain)) as unknown;
  } catch {
    return undefined;
  }
}

/** Nothing that was kept is left, nor what it was sealed with. */
export const forgetAll = (): Promise<void> => clear().catch(() => {});

export const drop = (name: string): Promise<void> => del(name).catch(() => {});
