import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import { loadFeature } from '@ranselpost/kit/features';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type FeatureClosed, requireFeature } from '@ranselpost/kit/pure/features';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { mayAdoptStatutes } from '../domain/policy.ts';
import {
  type Statutes,
  type StatutesRefusal,
  type StatutesTerms,
  decideStatutes,
} from '../domain/statutes.ts';
import * as statutes from '../store/statutes.ts';
import * as units from '../store/units.ts';
import type { Deps } from './deps.ts';
import { loadFacts } from './load-facts.ts';
import { requireSame } from './require-same.ts';

type Adopted = Result<Statutes, StatutesRefusal | FeatureClosed>;

/** Adds the next version of a unit's statutes (BHG-10). The same key again is the same version (S-22). */
export const adoptStatutes = (
  deps: Deps,
  actor: Actor,
  { idempotencyKey, ...wanted }: StatutesTerms & { readonly idempotencyKey: string },
): Promise<Adopted> =>
  twice(() =>
    deps.db.asActor(actor, async (tx): Promise<Answer<Adopted>> => {
      const { unitId } = wanted;
      const now = deps.now();
      const facts = await loadFacts(tx, actor, [], localDateAt(now));
      mayAdoptStatutes(actor, facts, { unitId, isPrivate: await units.isPrivate(tx, unitId) });
      await statutes.lockUnit(tx, unitId);
      const known = await statutes.byKey(tx, actor.personId, idempotencyKey);
      if (known !== undefined) {
        requireSame(known.unitId === unitId);
        return aboutNobody(accept(known));
      }
      const kind = (await units.kinds(tx, [unitId])).get(unitId);
      if (kind === undefined) throw new AppError('NOT_FOUND');
      const isOpen = requireFeature(await loadFeature(tx, 'PLACEMENT', facts, [unitId]), unitId);
      if (!isOpen.ok) return aboutNobody(isOpen);
      const [last] = await statutes.ofUnits(tx, [unitId]);
      const decision = decideStatutes(wanted, { kind, last, today: facts.today });
      if (!decision.ok) return aboutNobody(decision);
      const adopted = { ...decision.value, id: deps.newId(), adoptedAt: now };
      await statutes.insert(tx, { ...adopted, adoptedBy: actor.personId, idempotencyKey });
      return aboutNobody(accept(adopted));
    }),
  );
