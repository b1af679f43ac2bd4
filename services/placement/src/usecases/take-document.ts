import type { Tx } from '@ranselpost/kit/database';
import { type FileDesk, takeFile } from '@ranselpost/kit/files/desk';
import type { SentFile } from '@ranselpost/kit/files/routes';
import type { FileRefusal } from '@ranselpost/kit/files/types';
import type { Actor, PersonActor } from '@ranselpost/kit/pure/actor';
import type { Result } from '@ranselpost/kit/pure/result';
import type { Readable } from 'node:stream';
import { maySendDocuments } from '../domain/claim-document.ts';
import * as documents from '../store/claim-documents.ts';
import type { FileDeps } from './deps.ts';

/** Where documents come in and are looked after. */
export const deskOf = ({ db, files, newId, now }: FileDeps): FileDesk => ({
  ...{ db, files, newId, now, rows: documents.rows },
});

/** Takes a document in as its sender's own, to go with a claim of theirs (P05). */
export const takeDocument = (
  deps: FileDeps,
  actor: Actor,
  said: string,
  content: Readable,
): Promise<Result<SentFile, FileRefusal>> =>
  takeFile(
    deskOf(deps),
    actor,
    { said, content },
    {
      requireSender: (tx) => requireSender(tx, actor),
      insert: async (tx, file, { personId }) => void (await documents.insert(tx, file, personId)),
    },
  );

async function requireSender(tx: Tx, actor: Actor): Promise<PersonActor> {
  const nobody = { couldApply: false, unused: 0 };
  const facts = 'personId' in actor ? await documents.sendingFacts(tx, actor.personId) : nobody;
  maySendDocuments(actor, facts);
  return actor;
}
