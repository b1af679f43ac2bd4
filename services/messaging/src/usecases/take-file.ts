import { aboutNobody } from '@ranselpost/kit/answer';
import { erase, examine, forgetArrived, takeIn } from '@ranselpost/kit/files/files';
import type { SentFile } from '@ranselpost/kit/files/routes';
import { type FileRefusal, type FileType, toFileName } from '@ranselpost/kit/files/types';
import { type Actor, type PersonActor, isPerson } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import type { Readable } from 'node:stream';
import { maySendFiles } from '../domain/attachment.ts';
import * as attachments from '../store/attachments.ts';
import type { Deps } from './deps.ts';

/**
 * Takes a file in as its sender's own. What it is answered with is committed (S-20). It is looked at before the answer if that
 * can be done now, and otherwise by the timer; nobody is given it before.
 */
export async function takeFile(
  deps: Deps,
  actor: Actor,
  said: string,
  content: Readable,
): Promise<Result<SentFile, FileRefusal>> {
  const by = await deps.db.asActor(actor, async (tx) => aboutNobody(await requireSender(tx, actor)));
  const id = deps.newId();
  const taken = await takeIn(deps.files, id, content);
  if (!taken.ok) return taken;
  const { type, bytes } = taken.value;
  const file = { id, name: toFileName(said, type), mediaType: type.mediaType, bytes };
  try {
    await deps.db.asActor(actor, async (tx) => {
      await requireSender(tx, actor);
      return aboutNobody(await attachments.insert(tx, { ...file, ownerId: by.personId, ownerAs: by.kind }));
    });
  } catch (error) {
    await erase(deps.files, id);
    throw error;
  }
  const seen = await lookAt(deps, id, type);
  if (seen === null) return accept({ ...file, state: 'SCANNING' });
  if (seen.ok) return accept({ ...file, bytes: seen.value.bytes, state: 'READY' });
  await deps.db.asService((tx) => attachments.remove(tx, id));
  return refuse(seen.refusal);
}

async function requireSender(
  tx: Parameters<typeof attachments.sendingFacts>[0],
  actor: Actor,
): Promise<PersonActor> {
  const nobody = { couldWrite: false, unused: 0 };
  maySendFiles(actor, isPerson(actor) ? await attachments.sendingFacts(tx, actor) : nobody);
  return actor;
}

/** Looks at a file and writes down what was found; null when nobody could, so that it waits. */
export async function lookAt(
  deps: Deps,
  id: string,
  type: FileType,
): Promise<Result<{ readonly bytes: number }, FileRefusal> | null> {
  let seen: Awaited<ReturnType<typeof examine>>;
  try {
    seen = await examine(deps.files, id, type);
  } catch (error) {
    const isPassing = error instanceof AppError && error.code === 'UNAVAILABLE';
    await deps.db.asService((tx) => attachments.lookLater(tx, id, deps.now()));
    if (!isPassing) throw error;
    return null;
  }
  const found = seen.ok
    ? ({ state: 'READY', bytes: seen.value.bytes } as const)
    : ({ state: 'REFUSED', refusal: seen.refusal } as const);
  await deps.db.asService((tx) => attachments.looked(tx, id, found));
  await forgetArrived(deps.files, id);
  return seen;
}
