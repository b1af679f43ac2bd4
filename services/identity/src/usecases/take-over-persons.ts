import { tellAll } from '@ranselpost/kit/outbox';
import { type KnownEnrolment, type Place, decideEnrolments, toPeriods } from '../domain/enrolments.ts';
import { type KnownRole, type Post, decideRoles, toRoles } from '../domain/staff-roles.ts';
import * as numbers from '../store/numbers.ts';
import * as persons from '../store/persons.ts';
import * as places from '../store/places.ts';
import * as staging from '../store/roster-staging.ts';
import type { EventDeps } from './deps.ts';
import { toFollowedFacts } from './tell-followed.ts';
import { toEnrolmentsFacts, toRolesFacts } from './tell-places.ts';

type Staged = Awaited<ReturnType<typeof staging.nextPersons>>[number];
type Known = Staged & { readonly personId: string };

const pupil = '01';

/** Takes over the next people of a file: who they are, where the children belong and what the staff are. */
export async function takeOverPersons(
  deps: EventDeps,
  { source, cursor, day }: staging.OpenImport,
  most: number,
): Promise<{ last: string | undefined; persons: number; children: number; staff: number }> {
  const staged = await staging.nextPersons(deps.db, source, cursor, most);
  const { known, created } = await identify(deps, staged);
  const children = known.filter(({ places: list }) => list.some(({ role }) => role === pupil));
  const followed = await followChildren(deps, children);
  await places.saveLogins(
    deps.db,
    source,
    known.flatMap(({ login, personId }) => (login === null ? [] : [{ login, personId }])),
  );
  const changed = await savePlaces(deps, source, day, known);
  await tellAll(deps.db, [
    ...(await toFollowedFacts(
      deps,
      followed.map((personId) => ({ personId, reason: 'child' })),
    )),
    ...(await toEnrolmentsFacts(deps, changed.children)),
    ...(await toRolesFacts(deps, changed.staff)),
  ]);
  return {
    last: staged.at(-1)?.key,
    persons: created,
    children: changed.children.length,
    staff: changed.staff.length,
  };
}

/** Ends what people have at a source's units whom its file does not name any more. Dated, not taken away. */
export async function endPlaces(
  deps: EventDeps,
  { source, day }: staging.OpenImport,
  most: number,
): Promise<{ children: number; staff: number }> {
  const { children, staff } = await places.unnamed(deps.db, source, day, most);
  const nobody = (personId: string) => ({ personId, places: [] });
  const changed = await savePlaces(deps, source, day, [...new Set([...children, ...staff])].map(nobody));
  await tellAll(deps.db, [
    ...(await toEnrolmentsFacts(deps, changed.children)),
    ...(await toRolesFacts(deps, changed.staff)),
  ]);
  return { children: changed.children.length, staff: changed.staff.length };
}

/** Finds out who is known already, and gives an id to whoever is not. Somebody without a place or a login is nobody's case. */
async function identify(
  { db }: EventDeps,
  staged: readonly Staged[],
): Promise<{ known: readonly Known[]; created: number }> {
  const owners = await numbers.ownersOf(
    db,
    staged.map(({ number }) => number.hash),
  );
  const isNew = ({ number }: Staged) => !owners.has(number.hash);
  const inScope = staged.filter((one) => !isNew(one) || one.places.length > 0 || one.login !== null);
  const fresh = inScope.filter(isNew);
  await persons.create(
    db,
    fresh.map(({ number }) => ({ personId: number.personId, isChild: false, followedAs: null })),
  );
  await numbers.insert(
    db,
    fresh.map(({ number }) => number),
  );
  const known = inScope.map((one) => ({
    ...one,
    personId: owners.get(one.number.hash) ?? one.number.personId,
  }));
  await staging.identify(db, known);
  return { known, created: fresh.length };
}

/** Marks children as such; answers those whom the registry has not been asked to follow as children yet. */
async function followChildren({ db }: EventDeps, children: readonly Known[]): Promise<readonly string[]> {
  const before = await persons.load(
    db,
    children.map(({ personId }) => personId),
  );
  const followed = children
    .map(({ personId }) => personId)
    .filter((personId) => {
      const person = before.get(personId);
      return person?.followedAs !== 'child' || !person.isChild;
    });
  await persons.follow(
    db,
    followed.map((personId) => ({ personId, isChild: true, followedAs: 'child' })),
  );
  return followed;
}

async function savePlaces(
  deps: EventDeps,
  source: string,
  day: string,
  people: readonly { readonly personId: string; readonly places: readonly staging.StagedPlace[] }[],
): Promise<{ children: readonly string[]; staff: readonly string[] }> {
  const { db, newId } = deps;
  const ids = people.map(({ personId }) => personId);
  const enrolmentsBefore = await places.enrolmentsOf(db, source, ids);
  const rolesBefore = await places.rolesOf(db, source, ids);
  const enrolments: (KnownEnrolment & { childId: string })[] = [];
  const roles: (KnownRole & { personId: string })[] = [];
  for (const { personId, places: list } of people) {
    const periods = toPeriods(list.filter(({ role }) => role === pupil) satisfies readonly Place[]);
    for (const enrolment of decideEnrolments(enrolmentsBefore.get(personId) ?? [], periods, day, newId))
      enrolments.push({ ...enrolment, childId: personId });
    const posts = list
      .filter(({ role }) => role !== pupil)
      .map(({ role, ...post }): Post => ({ ...post, roleType: role }));
    for (const role of decideRoles(rolesBefore.get(personId) ?? [], toRoles(posts), day, newId))
      roles.push({ ...role, personId });
  }
  await places.saveEnrolments(db, enrolments);
  await places.saveRoles(db, roles);
  return {
    children: [...new Set(enrolments.map(({ childId }) => childId))],
    staff: [...new Set(roles.map(({ personId }) => personId))],
  };
}
