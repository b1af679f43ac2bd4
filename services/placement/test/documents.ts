import type { Clean } from '@ranselpost/kit/files/clean';
import type { Actor, PersonActor } from '@ranselpost/kit/pure/actor';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { addClaimDocument } from '../src/usecases/add-claim-document.ts';
import type { FileDeps } from '../src/usecases/deps.ts';
import { giveDocument } from '../src/usecases/read-claim-documents.ts';
import { takeDocument } from '../src/usecases/take-document.ts';
import type { World } from './world.ts';

/** What a doctor has written. */
export const statement = Buffer.from('%PDF-1.7\n1 0 obj <</Type/Catalog>> endobj\ntrailer <<>>\n%%EOF\n');

/** Has nobody look through documents: the kit's tests do, each in a process of its own. Pictures are cleaned. */
export function withoutLookingInside({ deps: { files } }: World): void {
  const { clean } = files;
  Object.assign(files, {
    clean: ((type, content, output) => {
      if (type.kind === 'picture') return clean(type, content, output);
      content.destroy();
      return Promise.resolve(undefined);
    }) satisfies Clean,
  });
}

export const send = (deps: FileDeps, by: Actor, content: Buffer = statement) =>
  takeDocument(deps, by, 'Uttalelse.pdf', Readable.from([content]));

/** Sends a document in; throws where it is not taken. */
export async function documentOf(deps: FileDeps, by: Actor, content?: Buffer): Promise<string> {
  const result = await send(deps, by, content);
  if (!result.ok) throw new Error(`not taken: ${result.refusal}`);
  return result.value.id;
}

/** The same, and puts it with a claim. */
export async function documentWith(deps: FileDeps, by: Actor, claimId: string): Promise<string> {
  const documentId = await documentOf(deps, by);
  const result = await addClaimDocument(deps, by, { claimId, documentId });
  if (!result.ok) throw new Error(result.refusal.kind);
  return documentId;
}

/** What somebody is given by a link of their own, or the code of the failure. */
export const givenTo = (deps: FileDeps, actor: PersonActor, id: string): Promise<Buffer | string> =>
  giveDocument(deps, actor, deps.links.make(actor, { id, part: 'whole' }, deps.now())).then(
    ({ content }) => buffer(content),
    (error: { code?: string }) => error.code ?? 'failed',
  );
