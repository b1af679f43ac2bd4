import { tellAll } from '@ranselpost/kit/outbox';
import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { type Wish, type WishRefusal, applyWish, decideWish } from '../domain/documented-grants.ts';
import type { Proposal } from '../domain/proposals.ts';
import * as families from '../store/families.ts';
import * as grants from '../store/grants.ts';
import * as persons from '../store/persons.ts';
import { type Deps, type EventDeps, today } from './deps.ts';
import { deriveFamilies, deriveFamily } from './derive-families.ts';
import { type Whom, type WhomRefusal, findAdult } from './find-adult.ts';
import { meetChild } from './meet-case.ts';
import { type Asked, type Prepared, type ProposeRefusal, decideOnce } from './propose.ts';
import { toFollowedFacts } from './tell-followed.ts';

export interface GrantWish extends Omit<Wish, 'personId'> {
  readonly childId: string;
  readonly whom: Whom;
}

export type GrantRefusal = WishRefusal | WhomRefusal | { readonly kind: 'for-oneself' };

/** Proposes access by documents, for what the register does not settle (GUA-05, GUA-15, GUA-16). Another person decides. */
export function grantAccess(
  deps: Deps,
  actor: Actor,
  wish: GrantWish,
  asked: Asked,
): Promise<Result<Proposal, GrantRefusal | ProposeRefusal>> {
  return decideOnce(
    deps,
    actor,
    asked,
    (tx) => meetChild(deps, tx, actor, wish.childId),
    async (event, by) => {
      const person = await findAdult(event, wish.whom);
      return person.ok ? prepareGranting(event, { ...wish, personId: person.value }, by) : person;
    },
  );
}

export async function prepareGranting(
  deps: EventDeps,
  wish: Wish & { readonly childId: string },
  { actor, decisionId }: { readonly actor: StaffActor; readonly decisionId: string },
): Promise<Result<Prepared, GrantRefusal>> {
  const { childId, personId, basis, endsOn } = wish;
  if (personId === actor.personId) return refuse({ kind: 'for-oneself' });
  const person = (await persons.load(deps.db, [personId])).get(personId);
  if (person === undefined || personId === childId) return refuse({ kind: 'person-unknown' });
  const [family] = await families.load(deps.db, [childId]);
  if (family === undefined) throw new AppError('NOT_FOUND');
  const derivation = deriveFamily(deps, family);
  const decision = decideWish(wish, { derivation, restrictions: family.restrictions, today: today(deps) });
  if (!decision.ok) return decision;
  return accept({
    subject: { kind: 'GRANT_ACCESS', childId, personId, basis, endsOn },
    apply: async () => {
      const changes = applyWish(childId, decision.value, family.grants, {
        ...{ derivation, decisionId, newId: deps.newId },
      });
      await grants.save(
        deps.db,
        changes.map((change) => ({ ...change, revision: family.revision })),
        actor.personId,
      );
      const changed = await deriveFamilies(deps, [childId], actor.personId, 'DOCUMENTED');
      await tellAll(deps.db, [...(await follow(deps, person)), ...changed]);
    },
  });
}

/** What the register says of them counts too: whether they live, and how they are protected. */
async function follow(deps: EventDeps, { personId, followedAs }: persons.StoredPerson) {
  if (followedAs !== null && followedAs !== 'staff') return [];
  await persons.follow(deps.db, [{ personId, isChild: false, followedAs: 'guardian' }]);
  return toFollowedFacts(deps, [{ personId, reason: 'guardian' }]);
}
