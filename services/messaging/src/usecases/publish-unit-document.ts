import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { loadFeature } from '@ranselpost/kit/features';
import { type CopyFacts, loadAccessFacts } from '@ranselpost/kit/grounds';
import type { Actor, PersonActor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { mayBroadcast } from '../domain/broadcast-policy.ts';
import { nobodyHasConsented } from '../domain/bulletin-file.ts';
import { guardLevelAt } from '../domain/guarded.ts';
import { placesOf } from '../domain/place.ts';
import { mayRevise } from '../domain/unit-document-policy.ts';
import {
  type DocumentRefusal,
  type UnitDocument,
  type VersionWish,
  currentOf,
  decideVersion,
  firstPublished,
} from '../domain/unit-document.ts';
import * as attachments from '../store/attachments.ts';
import * as audiences from '../store/audience.ts';
import * as documents from '../store/unit-documents.ts';
import { attachAllToBulletin } from './attach.ts';
import type { Deps } from './deps.ts';
import type { ShownDocument } from './read-unit-documents.ts';
import { requirePlaces } from './require-places.ts';

type Keyed = VersionWish & { readonly idempotencyKey: string };
export type DocumentWish = Keyed & Pick<UnitDocument, 'unitId' | 'places' | 'category'>;
type Published = Result<ShownDocument, DocumentRefusal>;

/** Publishes the first version of a document. */
export const publishUnitDocument = (deps: Deps, actor: Actor, wish: DocumentWish): Promise<Published> =>
  twice(() =>
    deps.db.asActor(actor, async (tx): Promise<Answer<Published>> => {
      const facts = await loadAccessFacts(tx, actor, [], localDateAt(deps.now()));
      const places = placesOf(wish.places);
      mayBroadcast(actor, facts, places);
      const { unitId, category } = wish;
      const document = { id: deps.newId(), unitId, category, places, versions: [] };
      return aboutNobody(await publish(deps, tx, { actor, facts, document }, wish, true));
    }),
  );

/** Publishes another version of a document that stands. */
export const reviseUnitDocument = (
  deps: Deps,
  actor: Actor,
  { documentId, ...wish }: Keyed & { readonly documentId: string },
): Promise<Published> =>
  twice(() =>
    deps.db.asActor(actor, async (tx): Promise<Answer<Published>> => {
      const facts = await loadAccessFacts(tx, actor, [], localDateAt(deps.now()));
      const [document] = await documents.byIds(tx, [documentId]);
      mayRevise(actor, facts, document);
      return aboutNobody(await publish(deps, tx, { actor, facts, document: document! }, wish, false));
    }),
  );

/** Takes back a document, or one version of it: nobody finds it any more (MSG-17). Taken back before, there is none. */
export const withdrawUnitDocument = (
  deps: Deps,
  actor: Actor,
  { documentId, versionId }: { readonly documentId: string; readonly versionId: string | null },
): Promise<{ readonly left: number }> =>
  deps.db.asActor(actor, async (tx) => {
    const facts = await loadAccessFacts(tx, actor, [], localDateAt(deps.now()));
    const [document] = await documents.byIds(tx, [documentId]);
    mayRevise(actor, facts, document);
    const withdrawn = await documents.withdraw(tx, documentId, versionId);
    if (withdrawn === 0) throw new AppError('NOT_FOUND');
    return aboutNobody({ left: document!.versions.length - withdrawn });
  });

const shown = (document: UnitDocument, { today }: Pick<CopyFacts, 'today'>): ShownDocument => ({
  ...document,
  current: currentOf(document, today),
  mayRevise: true,
});

async function publish(
  deps: Deps,
  tx: Tx,
  {
    actor,
    facts,
    document,
  }: { readonly actor: PersonActor; readonly facts: CopyFacts; readonly document: UnitDocument },
  wish: Keyed,
  isNew: boolean,
): Promise<Published> {
  const { unitId, places, category } = document;
  // Before the key: whatever took the files along under it is found by the key then (S-22).
  const attached = await attachments.byIds(
    tx,
    wish.files.map(({ id }) => id),
  );
  const standing = await documents.underKey(tx, actor.personId, wish.idempotencyKey);
  if (standing !== null) {
    const [known] = await documents.byIds(tx, [standing.documentId]);
    const isSame = isNew
      ? known !== undefined && firstPublished(known)?.id === standing.versionId && known.unitId === unitId
      : known?.id === document.id;
    if (!isSame) throw new AppError('BAD_USER_INPUT', 'the key names something else');
    return accept(shown(known!, facts));
  }
  await requirePlaces(tx, places);
  const decision = decideVersion(document, wish, {
    features: await loadFeature(tx, 'NEWS', facts, [unitId]),
    guardLevel: guardLevelAt(await audiences.kindsOf(tx, [unitId]), deps.guardLevels),
    files: attached,
    ...{ by: actor, consenting: nobodyHasConsented },
  });
  if (!decision.ok) return decision;
  const { text, files } = decision.value;
  const id = deps.newId();
  const { validFrom, idempotencyKey } = wish;
  const version = {
    ...{ id, documentId: document.id, unitId, places, category, text, validFrom, idempotencyKey },
    publishedBy: actor.personId,
  };
  if (!(await documents.insert(tx, version)))
    throw new AppError('CONFLICT', 'the same key was used at the same time');
  await attachAllToBulletin(tx, { kind: 'DOCUMENT', id }, files);
  const [stored] = await documents.byIds(tx, [document.id]);
  if (stored === undefined) throw new AppError('INTERNAL', 'what was published cannot be shown');
  return accept(shown(stored, facts));
}
