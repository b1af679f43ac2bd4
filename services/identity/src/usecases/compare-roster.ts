import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { createHash } from 'node:crypto';
import { endsTooMuch } from '../domain/roster.ts';
import type { Held } from '../domain/staff-roles.ts';
import { type StayChange, compareRoles, compareStays } from '../domain/roster-difference.ts';
import * as known from '../store/roster-known.ts';
import * as places from '../store/places.ts';
import * as staging from '../store/roster-staging.ts';
import * as rosterUnits from '../store/roster-units.ts';
import type { Deps } from './deps.ts';
import { isCase } from './identify-persons.ts';
import type { StagedRoster } from './stage-roster.ts';
import { type Decided, decidePlaces } from './take-over-persons.ts';

/** Somebody or something by the source's key and our id; null where it has none yet. Never a name. */
export interface Named {
  readonly key: string | null;
  readonly id: string | null;
}

export interface Dated extends Named {
  readonly on: LocalDate | null;
}

export interface GroupDifference extends Named {
  readonly change: rosterUnits.UnitChange | null;
  readonly join: number;
  readonly leave: number;
}

/** What a roster would change at one unit. Groups are told by their keys. */
export interface UnitDifference extends Named {
  readonly kind: string;
  readonly change: rosterUnits.UnitChange | null;
  readonly groups: GroupDifference[];
  readonly joins: (Dated & { readonly groups: readonly string[] })[];
  readonly leaves: Dated[];
  readonly changesGroup: (Dated & {
    readonly leaves: readonly string[];
    readonly joins: readonly string[];
  })[];
  readonly staysLonger: Dated[];
  readonly roles: RoleDifference[];
}

export interface RoleDifference extends Dated {
  readonly change: 'BEGINS' | 'ENDS' | 'LASTS_LONGER';
  readonly role: string;
  readonly group: string | null;
}

export interface RosterDifference {
  readonly source: string;
  readonly type: 'full' | 'changes';
  readonly day: LocalDate;
  /** What `--apply` takes: it stands for this roster, on this day, changing this. */
  readonly digest: string;
  readonly counts: {
    readonly units: Readonly<Record<rosterUnits.UnitChange, number>>;
    readonly groups: Readonly<Record<rosterUnits.UnitChange, number>>;
    readonly persons: { readonly new: number; readonly withoutNumber: number };
    readonly children: Readonly<Record<'join' | 'leave' | 'changeGroup' | 'stayLonger', number>>;
    readonly roles: Readonly<Record<'begin' | 'end' | 'lastLonger', number>>;
    readonly logins: { readonly begin: number; readonly end: number };
  };
  /** So many of the children who are there today would leave that it must be said to be meant. */
  readonly endsTooMuch: { readonly ending: number; readonly current: number } | null;
  /** What the roster has that we have no use for. */
  readonly passedOver: Readonly<Record<string, number>>;
  /** Roles in the whole municipality. */
  readonly municipality: readonly RoleDifference[];
  /** Those with anything to tell. */
  readonly units: readonly UnitDifference[];
}

const batchSize = 500;

/** Says what a staged roster would change, and changes nothing. */
export async function compareRoster(deps: Deps, { begun, passedOver }: StagedRoster, fileDigest: string) {
  const { source, type, day } = begun;
  const isFull = type === 'full';
  const book = await openBook(deps, source);
  book.note(['roster', fileDigest, day, source]);

  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const staged = await deps.db.asService((tx) => staging.nextPersons(tx, cursor!, batchSize));
    const cases = staged.filter((one) => one.personId !== null || isCase(one));
    await compareSome(deps, source, day, cases, book);
    for (const { key, personId, number } of cases) {
      if (personId === null) book.count('new', key);
      if (number === null && personId === null) book.count('withoutNumber', key);
    }
    cursor = staged.at(-1)?.key;
  }
  for (let after: string | null | undefined = isFull ? null : undefined; after !== undefined;) {
    const [ids, keys] = await deps.db.asService(async (tx) => {
      const some = await places.unnamed(tx, source, day, after!, batchSize);
      return [some, await known.keysOf(tx, source, some)] as const;
    });
    const gone = ids.map((personId) => ({
      key: keys.get(personId) ?? null,
      personId,
      places: [],
      posts: [],
    }));
    await compareSome(deps, source, day, gone, book);
    after = ids.at(-1);
  }
  return deps.db.asService(async (tx): Promise<RosterDifference> => {
    const logins = await places.comparedLogins(tx, source, isFull);
    const brake = await staging.endings(tx, begun);
    book.note(['logins', logins.begin, logins.end]);
    return {
      ...{ source, type, day, ...book.close(logins) },
      endsTooMuch: endsTooMuch(brake.ending, brake.current) ? brake : null,
      passedOver: Object.fromEntries(passedOver),
    };
  });
}

type Compared = Pick<staging.StagedCase, 'places' | 'posts' | 'personId'> & { readonly key: string | null };

const nobody = '00000000-0000-0000-0000-000000000000';

async function compareSome(
  deps: Deps,
  source: string,
  day: LocalDate,
  people: readonly Compared[],
  book: Book,
): Promise<void> {
  if (people.length === 0) return;
  let ids = 0;
  const newId = () => `new ${(ids += 1)}`;
  const decided = await deps.db.asService((tx) =>
    decidePlaces(
      { db: tx, newId },
      source,
      day,
      people.map((one) => ({ ...one, personId: one.personId ?? nobody })),
    ),
  );
  people.forEach(({ key, personId }, at) => book.person({ key, id: personId }, decided[at]!, day));
}

type Book = Awaited<ReturnType<typeof openBook>>;

/** Gathers what changes, unit by unit, and the digest of all of it in the order it comes. */
async function openBook({ db }: Deps, source: string) {
  const all = await db.asService((tx) => rosterUnits.compared(tx, source));
  const byHandle = new Map(all.map((one) => [one.handle, one]));
  const keyOf = (handle: string | null): string | null =>
    handle === null ? null : (byHandle.get(handle)?.key ?? handle);
  const keysIn = (handles: readonly string[]): readonly string[] =>
    handles.map((handle) => keyOf(handle)!).toSorted((one, other) => (one < other ? -1 : 1));
  const digest = createHash('sha256');
  const note = (what: readonly unknown[]): void => void digest.update(`${JSON.stringify(what)}\n`);
  const counts = { new: 0, withoutNumber: 0 };
  const units = new Map<string, UnitDifference>();
  const groups = new Map<string, { -readonly [Key in keyof GroupDifference]: GroupDifference[Key] }>();
  for (const { key, id, handle, kind, unitHandle, change } of all) {
    if (change !== null) note(['unit', key, id, kind, keyOf(unitHandle), change]);
    if (unitHandle === null)
      units.set(handle, {
        ...{ key, id, kind, change, groups: [], joins: [], leaves: [], changesGroup: [] },
        ...{ staysLonger: [], roles: [] },
      });
    else groups.set(handle, { key, id, change, join: 0, leave: 0 });
  }
  const children = { join: 0, leave: 0, changeGroup: 0, stayLonger: 0 };
  const roles = { begin: 0, end: 0, lastLonger: 0 };
  const municipality: RoleDifference[] = [];

  const stays = (who: Named, changes: readonly StayChange[]): void => {
    for (const [handle, here] of Map.groupBy(changes, ({ unitId }) => unitId)) {
      const unit = units.get(handle);
      if (unit === undefined) continue;
      const whole = here.find(({ groupId }) => groupId === null);
      const keysOf = (change: StayChange['change']) =>
        here.flatMap((one) => (one.groupId !== null && one.change === change ? [keyOf(one.groupId)!] : []));
      const [joins, leaves] = [keysOf('JOINS'), keysOf('LEAVES')];
      for (const { groupId, change } of here) {
        const group = groupId === null ? undefined : groups.get(groupId);
        if (group !== undefined && change !== 'STAYS_LONGER')
          group[change === 'JOINS' ? 'join' : 'leave'] += 1;
      }
      if (whole?.change === 'JOINS') unit.joins.push({ ...who, on: whole.on, groups: joins });
      else if (whole?.change === 'LEAVES') unit.leaves.push({ ...who, on: whole.on });
      else if (joins.length + leaves.length > 0)
        unit.changesGroup.push({
          ...who,
          on: here.find(({ groupId }) => groupId !== null)!.on,
          leaves,
          joins,
        });
      else unit.staysLonger.push({ ...who, on: here[0]!.on });
    }
  };

  return {
    note,
    count: (what: keyof typeof counts, key: string): void => {
      counts[what] += 1;
      note([what, key]);
    },
    person: (who: Named, decided: Decided, day: LocalDate): void => {
      for (const { unitId, groupIds, from, to } of decided.enrolments)
        note(['place', who.key, who.id, keyOf(unitId), keysIn(groupIds), from, to]);
      for (const { role, unitId, groupId, from, to } of [...decided.roles, ...decided.municipal])
        note(['role', who.key, who.id, role, keyOf(unitId), keyOf(groupId), from, to]);
      stays(who, compareStays(decided.enrolmentsBefore, decided.enrolments, day));
      for (const { role, change, on } of [
        ...compareRoles<Held>(decided.rolesBefore, decided.roles, day),
        ...compareRoles<Held>(decided.municipalBefore, decided.municipal, day),
      ]) {
        roles[change === 'BEGINS' ? 'begin' : change === 'ENDS' ? 'end' : 'lastLonger'] += 1;
        const list = role.unitId === null ? municipality : units.get(role.unitId)?.roles;
        list?.push({ ...who, change, role: role.role, group: keyOf(role.groupId), on });
      }
    },
    close: (logins: { readonly begin: number; readonly end: number }) => {
      for (const { handle, unitHandle } of all) {
        const group = groups.get(handle);
        if (group === undefined || (group.change === null && group.join + group.leave === 0)) continue;
        units.get(unitHandle!)?.groups.push(group);
      }
      for (const unit of units.values()) {
        children.join += unit.joins.length;
        children.leave += unit.leaves.length;
        children.changeGroup += unit.changesGroup.length;
        children.stayLonger += unit.staysLonger.length;
      }
      const countOf = (isUnit: boolean) => {
        const some = all.filter(({ unitHandle }) => (unitHandle === null) === isUnit);
        const of = (change: rosterUnits.UnitChange) => some.filter((one) => one.change === change).length;
        return { APPEARS: of('APPEARS'), CHANGES: of('CHANGES'), CLOSES: of('CLOSES') };
      };
      return {
        digest: digest.digest('hex'),
        counts: {
          ...{ units: countOf(true), groups: countOf(false), persons: counts, children, roles, logins },
        },
        municipality,
        units: [...units.values()].filter(
          ({ change, groups: some, joins, leaves, changesGroup, staysLonger, roles: held }) =>
            change !== null ||
            [some, joins, leaves, changesGroup, staysLonger, held].some((list) => list.length > 0),
        ),
      };
    },
  };
}
