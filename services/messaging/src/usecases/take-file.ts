import type { Tx } from '@ranselpost/kit/database';
import { type FileDesk, takeFile as takeAtDesk } from '@ranselpost/kit/files/desk';
import type { SentFile } from '@ranselpost/kit/files/routes';
import type { FileRefusal } from '@ranselpost/kit/files/types';
import { type Actor, type PersonActor, isPerson } from '@ranselpost/kit/pure/actor';
import type { Result } from '@ranselpost/kit/pure/result';
import type { Readable } from 'node:stream';
import { maySendFiles } from '../domain/attachment.ts';
import * as attachments from '../store/attachments.ts';
import type { Deps } from './deps.ts';

/** Where messaging's files come in and are looked after. */
export const deskOf = ({ db, files, newId, now }: Deps): FileDesk => ({
  ...{ db, files, newId, now, rows: attachments.rows },
});

/** Takes a file in as its sender's own. */
export const takeFile = (
  deps: Deps,
  actor: Actor,
  said: string,
  content: Readable,
): Promise<Result<SentFile, FileRefusal>> =>
  takeAtDesk(
    deskOf(deps),
    actor,
    { said, content },
    {
      requireSender: (tx) => requireSender(tx, actor),
      insert: (tx, file, { personId, kind }) =>
        attachments.insert(tx, { ...file, ownerId: personId, ownerAs: kind }),
    },
  );

async function requireSender(tx: Tx, actor: Actor): Promise<PersonActor> {
  const nobody = { couldWrite: false, unused: 0 };
  maySendFiles(actor, isPerson(actor) ? await attachments.sendingFacts(tx, actor) : nobody);
  return actor;
}
