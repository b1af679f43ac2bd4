import { tellAll } from '@ranselpost/kit/outbox';
import type { Actor, StaffActor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import { isId } from '@ranselpost/kit/pure/ids';
import { type Result, accept, refuse } from '@ranselpost/kit/pure/result';
import { type Wish, type WishRefusal, applyWish, decideWish } from '../domain/documented-grants.ts';
import type { Proposal } from '../domain/proposals.ts';
import * as families from '../store/families.ts';
import * as grants from '../store/grants.ts';
import * as numbers from '../store/numbers.ts';
import * as persons from '../store/persons.ts';
import { acceptNumber, toStored } from './accept-number.ts';
import { type Deps, type EventDeps, today } from './deps.ts';
import { deriveFamilies, deriveFamily } from './derive-families.ts';
import { meetChild } from './meet-case.ts';
import { type Asked, type Prepared, type ProposeRefusal, decideOnce } from './propose.ts';
import { toFollowedFacts } from './tell-followed.ts';

/** Who is to have access: somebody known here, or whoever has a number. */
export type Whom =
  | { readonly kind: 'person'; readonly personId: string }
  | { readonly kind: 'number'; readonly number: string };

export interface GrantWish extends Omit<Wish, 'personId'> {
  readonly childId: string;
  readonly whom: Whom;
}

export type GrantRefusal =
  WishRefusal | { readonly kind: 'person-unknown' | 'number-not-accepted' | 'for-oneself' };

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
      const person = await find(event, wish.whom);
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

/** Who is meant. Somebody whom nobody here has heard of gets an id, as they would by signing in. */
async function find(deps: EventDeps, whom: Whom): Promise<Result<string, GrantRefusal>> {
  if (whom.kind === 'person') {
    const person = isId(whom.personId)
      ? (await persons.load(deps.db, [whom.personId])).get(whom.personId)
      : undefined;
    return person === undefined
      ? refuse({ kind: 'person-unknown' })
      : accept(person.mergedInto ?? person.personId);
  }
  const accepted = acceptNumber(deps.numbers, whom.number);
  if (!accepted.ok) return refuse({ kind: 'number-not-accepted' });
  const stored = toStored(deps.numbers, deps.newId(), whom.number, accepted.value);
  const known = (await numbers.ownersOf(deps.db, [stored.hash])).get(stored.hash);
  if (known !== undefined) return accept(known);
  await persons.create(deps.db, [{ personId: stored.personId, isChild: false, followedAs: null }]);
  await numbers.insert(deps.db, [stored]);
  return accept(stored.personId);
}
