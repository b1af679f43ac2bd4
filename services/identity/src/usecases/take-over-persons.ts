import { type Fact, tellAll } from '@ranselpost/kit/outbox';
import {
  type KnownEnrolment,
  type Place,
  decideEnrolments,
  heldSince,
  within,
} from '../domain/enrolments.ts';
import {
  type KnownRole,
  type Post,
  decideRoles,
  roleHeldSince,
  roleOf,
  toRoles,
} from '../domain/staff-roles.ts';
import { type KnownRosterRole, type RosterRole, toRosterRoles } from '../domain/municipal-roles.ts';
import { numberMissing } from '../domain/work-items.ts';
import * as municipalRoles from '../store/municipal-roles.ts';
import * as numbers from '../store/numbers.ts';
import * as persons from '../store/persons.ts';
import * as places from '../store/places.ts';
import * as lastSaid from '../store/roster-known.ts';
import * as staging from '../store/roster-staging.ts';
import * as workItems from '../store/work-items.ts';
import type { EventDeps } from './deps.ts';
import { type Known, identifyPersons } from './identify-persons.ts';
import { toFollowedFacts } from './tell-followed.ts';
import { toRoleEndKept } from './tell-safeguards.ts';
import { toEnrolmentsFacts, toRolesFacts } from './tell-places.ts';

/** Takes over the next people of a file: who they are, where the children belong and what the staff are. */
export async function takeOverPersons(
  deps: EventDeps,
  { source, cursor, day }: staging.OpenImport,
  most: number,
): Promise<{ last: string | undefined; persons: number; children: number; staff: number }> {
  const staged = await staging.nextPersons(deps.db, cursor, most);
  const { known, created, told } = await identifyPersons(deps, source, staged);
  const children = known.filter(({ places: list }) => list.some(({ post }) => post === 'PUPIL'));
  const followed = await followChildren(deps, children);
  await places.saveLogins(
    deps.db,
    source,
    known.flatMap(({ login, personId }) => (login === null ? [] : [{ login, personId }])),
  );
  const changed = await savePlaces(deps, source, day, known);
  await lastSaid.keepPersons(
    deps.db,
    source,
    known.map(({ key }) => key),
  );
  await tellAll(deps.db, [
    ...told,
    ...(await toFollowedFacts(
      deps,
      followed.map((personId) => ({ personId, reason: 'child' })),
    )),
    ...(await toFacts(deps, changed)),
  ]);
  return { last: staged.at(-1)?.key, persons: created, ...countsOf(changed) };
}

/** Ends what the next people have at a source's units whom its file does not name any more. Dated, not taken away. */
export async function endPlaces(
  deps: EventDeps,
  { source, day, cursor }: staging.OpenImport,
  most: number,
): Promise<{ last: string | undefined; children: number; staff: number }> {
  const ids = await places.unnamed(deps.db, source, day, cursor === '' ? null : cursor, most);
  const changed = await savePlaces(
    deps,
    source,
    day,
    ids.map((personId) => ({ personId, places: [], posts: [] })),
  );
  await tellAll(deps.db, await toFacts(deps, changed));
  return { last: ids.at(-1), ...countsOf(changed) };
}

const countsOf = ({ children, staff, municipal }: Awaited<ReturnType<typeof savePlaces>>) => ({
  children: children.length,
  staff: new Set([...staff, ...municipal]).size,
});

/**
 * Marks children as such; answers those whom the registry has not been asked to follow as children yet. Without a number
 * there is nothing to ask about.
 */
async function followChildren(
  { db, newId }: EventDeps,
  children: readonly Known[],
): Promise<readonly string[]> {
  const ids = children.map(({ personId }) => personId);
  const before = await persons.load(db, ids);
  const unstated = children.flatMap(({ number, personId }) => (number === null ? [personId] : []));
  const withNumber = new Set([
    ...children.flatMap(({ number, personId }) => (number === null ? [] : [personId])),
    ...(await numbers.of(db, unstated)).map(({ personId }) => personId),
  ]);
  const met = ids.filter((personId) => {
    const person = before.get(personId);
    return person?.isChild !== true || person.followedAs !== (withNumber.has(personId) ? 'child' : null);
  });
  const followed = met.filter((personId) => withNumber.has(personId));
  const unnumbered = met.filter((personId) => !withNumber.has(personId));
  await persons.follow(
    db,
    met.map((personId) => ({
      ...{ personId, isChild: true, followedAs: withNumber.has(personId) ? 'child' : null },
    })),
  );
  const items = (some: readonly string[]) => some.map((childId) => ({ childId, kind: numberMissing }));
  await workItems.open(
    db,
    items(unnumbered).map((item) => ({ ...item, id: newId() })),
  );
  await workItems.close(db, items(followed), 'roster');
  return followed;
}

/** What a file says of one person, and who that is. */
export type Stated = Pick<staging.StagedCase, 'places' | 'posts'> & { readonly personId: string };

/** What a file changes for one person. */
export interface Decided {
  readonly enrolmentsBefore: readonly KnownEnrolment[];
  readonly enrolments: readonly KnownEnrolment[];
  readonly rolesBefore: readonly KnownRole[];
  readonly roles: readonly KnownRole[];
  readonly municipalBefore: readonly KnownRosterRole[];
  readonly municipal: readonly (RosterRole & { readonly roleId: string })[];
}

/** Decides what a file changes in the places and roles of some people, and stores nothing. */
export async function decidePlaces(
  { db, newId }: Pick<EventDeps, 'db' | 'newId'>,
  source: string,
  day: string,
  people: readonly Stated[],
): Promise<readonly Decided[]> {
  const ids = people.map(({ personId }) => personId);
  const enrolments = await places.enrolmentsOf(db, source, ids);
  const roles = await places.rolesOf(db, source, ids);
  const municipal = await municipalRoles.ofRosterTo(db, source, ids);
  return people.map(({ personId, places: list, posts }) => {
    const enrolmentsBefore = enrolments.get(personId) ?? [];
    const rolesBefore = roles.get(personId) ?? [];
    const municipalBefore = municipal.get(personId) ?? [];
    const stated = toPlaces(list, enrolmentsBefore, day);
    const held = toRoles(toPosts(list, rolesBefore, day));
    const inMunicipality = toRosterRoles(posts, municipalBefore, day);
    return {
      ...{ enrolmentsBefore, rolesBefore, municipalBefore },
      enrolments: decideEnrolments(enrolmentsBefore, stated, day, newId),
      roles: decideRoles(rolesBefore, held, day, newId),
      municipal: decideRoles<RosterRole>(municipalBefore, inMunicipality, day, newId),
    };
  });
}

const toPlaces = (
  list: readonly staging.StagedPlace[],
  known: readonly KnownEnrolment[],
  day: string,
): readonly Place[] =>
  list
    .filter(({ post }) => post === 'PUPIL')
    .map((place) => {
      const { from, to } = boundsOf(place);
      return { unitId: place.unitId, groupId: place.groupId, from: from ?? heldSince(known, place, day), to };
    });

const toPosts = (
  list: readonly staging.StagedPlace[],
  known: readonly KnownRole[],
  day: string,
): readonly Post[] =>
  list.flatMap((place): readonly Post[] => {
    const { post, unitId, unitKind, groupId } = place;
    const role = roleOf(post, unitKind, groupId);
    if (role === undefined) return [];
    const { from, to } = boundsOf(place);
    const since = from ?? roleHeldSince(known, { role, unitId, groupId }, day);
    return [{ post, unitId, unitKind, groupId, from: since, to }];
  });

const boundsOf = ({ from, to, groupFrom, groupTo }: staging.StagedPlace) =>
  within({ from, to }, { from: groupFrom, to: groupTo });

async function savePlaces(
  deps: EventDeps,
  source: string,
  day: string,
  people: readonly Stated[],
): Promise<{ children: readonly string[]; staff: readonly string[]; municipal: readonly string[] }> {
  const decided = await decidePlaces(deps, source, day, people);
  const of = people.map(({ personId }, at) => ({ personId, ...decided[at]! }));
  await places.saveEnrolments(
    deps.db,
    of.flatMap(({ personId, enrolments }) => enrolments.map((one) => ({ ...one, childId: personId }))),
  );
  await places.saveRoles(
    deps.db,
    of.flatMap(({ personId, roles }) => roles.map((one) => ({ ...one, personId }))),
  );
  await municipalRoles.saveOfRoster(
    deps.db,
    of.flatMap(({ personId, municipal }) => municipal.map((one) => ({ ...one, personId }))),
  );
  await tellAll(deps.db, await toEndsKept(deps, decided));
  const idsWith = (what: 'enrolments' | 'roles' | 'municipal') =>
    of.filter((one) => one[what].length > 0).map(({ personId }) => personId);
  return { children: idsWith('enrolments'), staff: idsWith('roles'), municipal: idsWith('municipal') };
}

/** What a restored database has to know of whom the roster does not have in the municipality any more (S-27). */
const toEndsKept = (deps: EventDeps, decided: readonly Decided[]): Promise<readonly Fact[]> =>
  Promise.all(
    decided
      .flatMap(({ municipal }) => municipal)
      .flatMap(({ roleId, to }) => (to === null ? [] : [toRoleEndKept(deps, roleId, { to, endedBy: null })])),
  );

/** What there is to tell of it. */
async function toFacts(
  deps: EventDeps,
  { children, staff, municipal }: Awaited<ReturnType<typeof savePlaces>>,
): Promise<readonly Fact[]> {
  return [
    ...(await toEnrolmentsFacts(deps, children)),
    ...(await toRolesFacts(deps, [...new Set([...staff, ...municipal])])),
  ];
}
