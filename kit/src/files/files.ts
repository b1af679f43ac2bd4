import { type Result, accept, refuse } from '../pure/result.ts';
import type { Clean } from './clean.ts';
import type { Scan } from './scan.ts';
import { outgoing } from './outgoing.ts';
import type { FileStore } from './store.ts';
import { type FileRefusal, type FileType, headBytes, sniff } from './types.ts';

/** What files are taken in, looked at and kept with. */
export interface Files {
  readonly store: FileStore;
  /** The same place as it is, for what is sealed otherwise already. */
  readonly place: FileStore;
  readonly clean: Clean;
  /** Undefined where no scanner is configured: then nothing is scanned, and what is clean by form is ready. */
  readonly scan: Scan | undefined;
}

export type FilePart = 'whole' | 'thumbnail';

const arrived = (id: string): string => `${id}.new`;
const kept = (id: string, part: FilePart): string => (part === 'whole' ? id : `${id}.small`);

/**
 * Takes content in as it arrived, under an id: of a type that is taken by what it is, and no larger than that type may be.
 * Nobody is given it before `examine` has looked at it. When the one who sends breaks off, nothing is left.
 */
export async function takeIn(
  { store }: Files,
  id: string,
  content: AsyncIterable<Uint8Array>,
): Promise<Result<{ readonly type: FileType; readonly bytes: number }, FileRefusal>> {
  let type: FileType | undefined;
  const checked = async function* () {
    let head: Uint8Array[] | undefined = [];
    let bytes = 0;
    const look = async (): Promise<Buffer> => {
      const first = Buffer.concat(head ?? []);
      head = undefined;
      if (first.length === 0) throw new FileRefused('EMPTY');
      type = await sniff(first);
      if (type === undefined) throw new FileRefused('TYPE_NOT_TAKEN');
      return first;
    };
    for await (const chunk of content) {
      bytes += chunk.length;
      if (head === undefined) yield chunk;
      else if (bytes >= headBytes) {
        head.push(chunk);
        yield await look();
      } else head.push(chunk);
      if (type !== undefined && bytes > type.maxBytes) throw new FileRefused('TOO_LARGE');
    }
    if (head !== undefined) yield await look();
  };
  try {
    const bytes = await store.put(arrived(id), checked());
    return accept({ type: type!, bytes });
  } catch (error) {
    if (error instanceof FileRefused) return refuse(error.refusal);
    throw error;
  }
}

/**
 * Scans what was taken in, cleans it, and keeps what is left of it; or nothing, and says why. May be done again after it
 * was broken off. Throws `UNAVAILABLE` when the scanner or our own process could not say: then it stays as it arrived,
 * where nobody can have it, and is to be tried again.
 */
export async function examine(
  files: Files,
  id: string,
  type: FileType,
): Promise<Result<{ readonly bytes: number }, FileRefusal>> {
  const { store, scan, clean } = files;
  if (scan !== undefined && (await scan(await store.get(arrived(id)))) === 'FOUND')
    return refuseFor(files, id, 'MALWARE');
  let bytes = 0;
  const refusal = await clean(type, await store.get(arrived(id)), {
    whole: async (content) => {
      bytes = await store.put(kept(id, 'whole'), content);
    },
    thumbnail: (content) => store.put(kept(id, 'thumbnail'), content),
  });
  if (refusal !== undefined) return refuseFor(files, id, refusal);
  if (type.kind === 'document') bytes = await store.put(kept(id, 'whole'), await store.get(arrived(id)));
  return accept({ bytes });
}

/** Lets go of what arrived, once it is written down that what is kept of it is ready. */
export const forgetArrived = ({ store }: Files, id: string): Promise<void> => store.remove(arrived(id));

async function refuseFor(
  files: Files,
  id: string,
  refusal: FileRefusal,
): Promise<Result<never, FileRefusal>> {
  await erase(files, id);
  return refuse(refusal);
}

/** Leaves nothing of a file. */
export async function erase({ store }: Files, id: string): Promise<void> {
  for (const name of [arrived(id), kept(id, 'whole'), kept(id, 'thumbnail'), outgoing(id)])
    await store.remove(name);
}

/** Gives what is kept of a file. Throws `NOT_FOUND` where nothing is, or nothing yet. */
export const read = ({ store }: Files, id: string, part: FilePart) => store.get(kept(id, part));

const orphanAfterMs = 3_600_000;
const atOnce = 500;

/**
 * Removes what lies in the store and is known to nobody: its row was never committed, or is gone. What is younger than an
 * hour may be on its way in. Answers how many there were.
 */
export async function sweepOrphans(
  { store }: Files,
  now: Date,
  known: (ids: readonly string[]) => Promise<ReadonlySet<string>>,
): Promise<number> {
  let swept = 0;
  const sweep = async (names: readonly string[]): Promise<void> => {
    const ids = await known([...new Set(names.map(idOf))]);
    for (const name of names.filter((one) => !ids.has(idOf(one)))) {
      await store.remove(name);
      swept += 1;
    }
  };
  let names: string[] = [];
  for await (const { name, writtenAt } of store.list()) {
    if (now.getTime() - writtenAt.getTime() < orphanAfterMs) continue;
    names.push(name);
    if (names.length < atOnce) continue;
    await sweep(names);
    names = [];
  }
  if (names.length > 0) await sweep(names);
  return swept;
}

const idOf = (name: string): string => name.slice(0, 36);

class FileRefused extends Error {
  readonly refusal: FileRefusal;
  constructor(refusal: FileRefusal) {
    super('a file is not taken');
    this.refusal = refusal;
  }
}
