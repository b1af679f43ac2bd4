import { aboutNobody } from '../answer.ts';
import type { Database, Tx } from '../database.ts';
import type { Actor, PersonActor } from '../pure/actor.ts';
import { AppError } from '../pure/errors.ts';
import { type Result, accept, refuse } from '../pure/result.ts';
import type { Readable } from 'node:stream';
import { type Files, erase, examine, forgetArrived, sweepOrphans, takeIn } from './files.ts';
import type { FileRows } from './rows.ts';
import type { SentFile } from './routes.ts';
import { type FileRefusal, type FileType, toFileName, typeOf } from './types.ts';

/** Where a service's files come in and are looked after: what they are kept with, and what is known of them. */
export interface FileDesk {
  readonly db: Database;
  readonly files: Files;
  readonly rows: FileRows;
  readonly newId: () => string;
  readonly now: () => Date;
}

/** A file that has come in, before anybody has looked at it. */
export type ArrivedFile = Omit<SentFile, 'state'>;

/** What a service decides of a file that comes in, in a transaction of its sender's. */
export interface Taking {
  /** Who sends it; throws for whoever may not. Asked before anything is read, and again when it is written down. */
  readonly requireSender: (tx: Tx) => Promise<PersonActor>;
  /** Writes it down as its sender's own. */
  readonly insert: (tx: Tx, file: ArrivedFile, by: PersonActor) => Promise<void>;
}

/**
 * Takes a file in as its sender's own. What it is answered with is committed (S-20). It is looked at before the answer if that
 * can be done now, and otherwise by the timer; nobody is given it before.
 */
export async function takeFile(
  desk: FileDesk,
  actor: Actor,
  { said, content }: { readonly said: string; readonly content: Readable },
  { requireSender, insert }: Taking,
): Promise<Result<SentFile, FileRefusal>> {
  await desk.db.asActor(actor, async (tx) => aboutNobody(await requireSender(tx)));
  const id = desk.newId();
  const taken = await takeIn(desk.files, id, content);
  if (!taken.ok) return taken;
  const { type, bytes } = taken.value;
  const file = { id, name: toFileName(said, type), mediaType: type.mediaType, bytes };
  try {
    await desk.db.asActor(actor, async (tx) => aboutNobody(await insert(tx, file, await requireSender(tx))));
  } catch (error) {
    await erase(desk.files, id);
    throw error;
  }
  const seen = await lookAt(desk, id, type);
  if (seen === null) return accept({ ...file, state: 'SCANNING' });
  if (seen.ok) return accept({ ...file, bytes: seen.value.bytes, state: 'READY' });
  await desk.db.asService((tx) => desk.rows.remove(tx, id));
  return refuse(seen.refusal);
}

/** Looks at a file and writes down what was found; null when nobody could, so that it waits. */
async function lookAt(
  { db, files, rows, now }: FileDesk,
  id: string,
  type: FileType,
): Promise<Result<{ readonly bytes: number }, FileRefusal> | null> {
  let seen: Awaited<ReturnType<typeof examine>>;
  try {
    seen = await examine(files, id, type);
  } catch (error) {
    const isPassing = error instanceof AppError && error.code === 'UNAVAILABLE';
    await db.asService((tx) => rows.lookLater(tx, id, now()));
    if (!isPassing) throw error;
    return null;
  }
  const found = seen.ok
    ? ({ state: 'READY', bytes: seen.value.bytes } as const)
    : ({ state: 'REFUSED', refusal: seen.refusal } as const);
  await db.asService((tx) => rows.looked(tx, id, found));
  await forgetArrived(files, id);
  return seen;
}

const atOnce = 100;

/** Looks at the file that has waited for longest. Answers whether there was one. */
export async function lookAtNext(desk: FileDesk): Promise<boolean> {
  const next = await desk.db.asService((tx) => desk.rows.nextToLookAt(tx, desk.now()));
  const type = next === null ? undefined : typeOf(next.mediaType);
  if (next === null || type === undefined) return false;
  return (await lookAt(desk, next.id, type)) !== null;
}

/** Takes away the content of files whose row is gone: withdrawn, erased, or not used. Answers whether there was any. */
export async function eraseNext({ db, files, rows }: FileDesk): Promise<boolean> {
  const ids = await db.asService((tx) => rows.nextToErase(tx, atOnce));
  for (const id of ids) await erase(files, id);
  if (ids.length > 0) await db.asService((tx) => rows.erased(tx, ids));
  return ids.length > 0;
}

/** Takes away content that no row knows of: whoever sent it was cut off, or we were. Answers how many there were. */
export const sweepFiles = ({ db, files, rows, now }: FileDesk): Promise<number> =>
  sweepOrphans(files, now(), (ids) => db.asService((tx) => rows.known(tx, ids)));
