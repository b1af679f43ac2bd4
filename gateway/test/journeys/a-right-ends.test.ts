import { schoolDayAhead } from '@ranselpost/infra/visitor/absences';
import { askOne, questionTo } from '@ranselpost/infra/visitor/questions';
import { goldenByName, goldenUnits, type Person } from '@ranselpost/infra/simulators/population/index';
import type { Visitor } from '@ranselpost/infra/visitor/visitor';
import { newId } from '@ranselpost/kit/ids';
import { addDays } from '@ranselpost/kit/pure/dates';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { absencesOf, report, today } from './absences.ts';
import { askRaw } from './asking.ts';
import { type JointFamily, jointFamilies } from './families.ts';
import { type LiveStream, openLive } from '@ranselpost/infra/visitor/live';
import { expectHidden, expectSeen, soon } from './rights.ts';
import { importRoster, originalRoster, withPupil, withoutPlacesOf } from './roster.ts';
import { openTown } from './town.ts';

const town = openTown();
const streams: LiveStream[] = [];
afterEach(() => {
  for (const stream of streams.splice(0)) stream.close();
});
afterAll(() => town.close());

const joint = jointFamilies();
/** Each family goes through one story and is not found as it was before. */
const familyWith = (children: number, place: number): JointFamily => {
  const family = joint.filter((one) => one.children.length === children)[place];
  if (family === undefined) throw new Error(`there are fewer families with ${children} children`);
  return family;
};

const lives = async (visitor: Visitor): Promise<LiveStream> => {
  const stream = await openLive(visitor);
  streams.push(stream);
  return stream;
};

const seen = `query { viewer { children { id } } }`;
type Seen = { viewer: { children: readonly { id: string }[] } | null };
const childrenOf = async (visitor: Visitor): Promise<readonly string[] | undefined> =>
  (await visitor.ask<Seen>(seen)).data?.viewer?.children.map(({ id }) => id);

const guardians = `query Guardians($id: ID!) { child(id: $id) { guardians { id } } }`;
const guardiansOf = async (visitor: Visitor, id: string): Promise<readonly string[] | undefined> =>
  (
    await visitor.ask<{ child: { guardians: { id: string }[] } | null }>(guardians, { id })
  ).data?.child?.guardians.map((guardian) => guardian.id);
const meId = async (visitor: Visitor): Promise<string> =>
  (await visitor.ask<{ viewer: { id: string } }>(`query { viewer { id } }`)).data!.viewer.id;

const isSignedOut = async (visitor: Visitor): Promise<void> => {
  const answer = await fetch(`${town.gateway}/session`, {
    headers: { cookie: visitor.jar.header(town.gateway) },
  });
  expect(answer.status).toBe(401);
};

/** Grants of somebody for a child, oldest first, as identity keeps them (GUA-06). */
const grantsOf = async (personId: string, childId: string) =>
  (
    await town.look('identity')<{ grant_id: string; state: string; reasons: string[] }[]>`
      select g.grant_id, g.state, array(select h.reason from grant_history h where h.grant_id = g.grant_id order by h.id) as reasons
      from access_grant g where g.person_id = ${personId} and g.child_id = ${childId} order by g.opened_at`
  ).map(({ grant_id: id, state, reasons }) => ({ id, state, reasons }));

const idOfPerson = async ({ given, family, born }: Person): Promise<string> => {
  const [row] = await town.look('identity')<[{ person_id: string }]>`
    select person_id from person where given = ${given} and family = ${family} and birth_date = ${born}`;
  return row.person_id;
};

describe('a father whose responsibility ends and who has no other child here', () => {
  const { mother, father, children } = familyWith(1, 0);
  const number = children[0]!.number;
  const toMother = { kind: 'sole-responsibility', child: number, holder: mother };
  const toBoth = { kind: 'joint-responsibility', child: number, holders: [mother, father] };

  test('loses sight, stream and session, and gets all of it back under a new grant (GUA-10, GUA-06, S-04)', async () => {
    const child = await idOfPerson(children[0]!);
    const [hers, his] = [await town.visit('guardian', mother), await town.visit('guardian', father)];
    const [herId, hisId] = [await meId(hers), await meId(his)];
    await expectSeen(his, child);
    const stream = await lives(his);

    await town.live(toMother);
    await soon(() => expectHidden(his, child, 'signed out'));
    await soon(() => expect(stream.isClosed()).toBe(true));
    await isSignedOut(his);
    await expect(lives(his)).rejects.toThrow('no stream: 401');
    await expectSeen(hers, child);
    expect(await guardiansOf(hers, child)).toEqual([herId]);

    const later = await town.visit('guardian', father);
    expect(await childrenOf(later)).toEqual([]);
    for (const question of Object.values(questionTo)) {
      const [asked, unknown] = [question(child), question(newId())];
      expect(await askRaw(later, asked.query, asked.variables)).toEqual(
        await askRaw(later, unknown.query, unknown.variables),
      );
    }

    await town.live(toBoth);
    await soon(() => expectSeen(later, child));
    expect(await childrenOf(later)).toEqual([child]);
    expect((await guardiansOf(hers, child))?.toSorted()).toEqual([herId, hisId].toSorted());
    const grants = await grantsOf(hisId, child);
    expect(grants.map(({ state, reasons }) => [state, reasons.at(-1)])).toEqual([
      ['ENDED', 'NOT_RESPONSIBLE'],
      ['ACTIVE', 'REGISTER_SAYS_SO'],
    ]);
  });

  test('and what he had reported stands for her (GUA-10, S-20)', async () => {
    const child = await idOfPerson(children[0]!);
    const [hers, his] = [await town.visit('guardian', mother), await town.visit('guardian', father)];
    const { data } = await hers.ask<{ child: { enrolments: { unit: { id: string } }[] } }>(
      `query ($id: ID!) { child(id: $id) { enrolments { unit { id } } } }`,
      { id: child },
    );
    const day = schoolDayAhead(40 + (await absencesOf(his, child))!.length);
    const unitId = data!.child.enrolments[0]!.unit.id;
    const told = await report(his, {
      childId: child,
      unitId,
      day,
      cause: 'DAY_OFF',
      idempotencyKey: newId(),
    });
    expect(told.data?.reportAbsence?.__typename).toBe('AbsenceReported');
    await town.live(toMother);
    await soon(() => expectHidden(his, child, 'signed out'));
    expect((await absencesOf(hers, child))?.find((absence) => absence.day === day)?.cause).toBe('DAY_OFF');
    await town.live(toBoth);
    const again = await town.visit('guardian', father);
    await soon(async () =>
      expect((await absencesOf(again, child))?.map((absence) => absence.day)).toContain(day),
    );
  });
});

describe('a father whose responsibility ends for one of two children', () => {
  test('stays signed in with the other, though his stream is opened anew (GUA-10, GUA-03)', async () => {
    const [shared, other] = [await town.idOf('F3.shared'), await town.idOf('F3.fathersOther')];
    const his = await town.visit('guardian', 'F3.father');
    const hers = await town.visit('guardian', 'F3.mother');
    const [stream, herStream] = [await lives(his), await lives(hers)];
    await expectSeen(his, shared);
    await town.live({ kind: 'sole-responsibility', child: 'F3.shared', holder: 'F3.mother' });
    await soon(() => expectHidden(his, shared, 'NOT_FOUND'));
    await expectSeen(his, other);
    expect(await childrenOf(his)).toEqual([other]);
    await soon(() => expect(stream.isClosed()).toBe(true));
    await soon(() => expect(herStream.heard()).toContain(shared));
    expect(herStream.isClosed()).toBe(false);
    await lives(his);

    await town.live({
      kind: 'joint-responsibility',
      child: 'F3.shared',
      holders: ['F3.mother', 'F3.father'],
    });
    await soon(() => expectSeen(his, shared));
  });
});

describe('a week of changes (F9)', () => {
  test('is right at each time: the mother’s alone, joint, annulled (GUA-05, FREG-05)', async () => {
    const child = await town.idOf('F9.child');
    const [hers, his] = [
      await town.visit('guardian', 'F9.mother'),
      await town.visit('guardian', 'F9.father'),
    ];
    await expectHidden(his, child, 'NOT_FOUND');
    await town.live({ kind: 'joint-responsibility', child: 'F9.child', holders: ['F9.mother', 'F9.father'] });
    await soon(() => expectSeen(his, child));
    await expectSeen(hers, child);
    await town.live({ kind: 'annul-responsibility', child: 'F9.child' });
    await soon(() => expectHidden(his, child, 'signed out'));
    await expectSeen(hers, child);
    await soon(async () => expect(await town.workItems(child)).toEqual(['RESPONSIBILITY_ANNULLED']));
  });
});

describe('address protection', () => {
  test('of a parent holds both parents and the unit’s staff for every child, and does not let go by itself (ADR-01, ADR-04, ADR-13)', async () => {
    const { mother, father, children } = familyWith(2, 1);
    const ids = await Promise.all(children.map(idOfPerson));
    const [hers, his] = [await town.visit('guardian', mother), await town.visit('guardian', father)];
    const herId = await meId(hers);
    const stream = await lives(his);
    for (const id of ids) await expectSeen(his, id);

    await town.live({ kind: 'protection', person: mother, level: 'fortrolig' });
    for (const id of ids)
      for (const parent of [hers, his]) await soon(() => expectHidden(parent, id, 'signed out'));
    await soon(() => expect(stream.isClosed()).toBe(true));
    for (const id of ids) {
      expect(await town.workItems(id)).toEqual(['NO_STAFF_NAMED', 'PROTECTION']);
      // And all staff at the unit, in every copy (ADR-10).
      await soon(async () => {
        const places = await town.look('attendance')`
          select named_staff from access.enrolment where child_id = ${id}`;
        expect(places.map((place) => place['named_staff'])).toEqual(places.map(() => []));
        expect(places).not.toEqual([]);
      });
    }
    const stranger = await town.visit('guardian', 'staff.caseWorker');
    const page = `query { viewer { name { given } language children { id } roles { id } } }`;
    for (const parent of [mother, father])
      expect(await askRaw(await town.visit('guardian', parent), page)).toEqual(await askRaw(stranger, page));

    await town.live({ kind: 'protection', person: mother, level: 'ugradert' });
    await soon(async () => {
      const [row] = await town.look('identity')`select protection from person where person_id = ${herId}`;
      expect(row?.['protection']).toBe('NONE');
    });
    for (const parent of [mother, father])
      expect(await childrenOf(await town.visit('guardian', parent))).toEqual([]);
    for (const id of ids) expect(await town.workItems(id)).toEqual(['NO_STAFF_NAMED', 'PROTECTION']);
  });
});

describe('the death of a holder', () => {
  test.each([
    { how: 'with the entries brought up to date', place: 1, more: {} },
    { how: 'before the entries are', place: 2, more: { responsibility: 'later' } },
  ])(
    'ends what they see and nobody takes their place, $how; an error is undone by a new grant (GUA-11)',
    async ({ place, more }) => {
      const { mother, father, children } = familyWith(1, place);
      const child = await idOfPerson(children[0]!);
      const [hers, his] = [await town.visit('guardian', mother), await town.visit('guardian', father)];
      const [herId, hisId] = [await meId(hers), await meId(his)];
      expect((await guardiansOf(hers, child))?.toSorted()).toEqual([herId, hisId].toSorted());

      await town.live({ kind: 'death', person: father, ...more });
      await soon(() => expectHidden(his, child, 'signed out'));
      await expectSeen(hers, child);
      expect(await guardiansOf(hers, child)).toEqual([herId]);

      await town.live({ kind: 'death-annulled', person: father });
      const again = await town.visit('guardian', father);
      await soon(() => expectSeen(again, child));
      expect((await grantsOf(hisId, child)).map(({ state }) => state)).toEqual(['ENDED', 'ACTIVE']);
    },
  );
});

describe('entries that say who holds it to nobody’s satisfaction', () => {
  const { mother, father, children } = familyWith(3, 0);
  const number = children[0]!.number;

  test.each([
    ['contradict each other', 'contradictory-responsibility', { holder: mother }, 'CONTRADICTORY'],
    ['name others than the parents', 'responsible-other', { holder: 'F8.fosterMother' }, 'GIVEN_TO_OTHERS'],
    ['say that it is not known', 'responsible-unknown', {}, 'RESPONSIBILITY_UNKNOWN'],
    ['name an organisation', 'responsible-organisation', {}, 'ORGANISATION_RESPONSIBLE'],
  ])(
    'because they %s: nobody sees the child, staff have an item, and both are gone when it is settled (GUA-04, GUA-05, GUA-17)',
    async (_how, kind, more, item) => {
      const [child, sibling] = await Promise.all(children.slice(0, 2).map(idOfPerson));
      const [hers, his] = [await town.visit('guardian', mother), await town.visit('guardian', father)];
      for (const parent of [hers, his]) await expectSeen(parent, child!);
      await town.live({ kind, child: number, ...more });
      for (const parent of [hers, his]) {
        await soon(() => expectHidden(parent, child!, 'NOT_FOUND'));
        await expectSeen(parent, sibling!);
      }
      expect(await town.workItems(child!)).toEqual([item]);
      const other = await town.visit('guardian', 'F8.fosterMother');
      expect(await childrenOf(other)).toEqual([]);

      await town.live({ kind: 'joint-responsibility', child: number, holders: [mother, father] });
      for (const parent of [hers, his]) await soon(() => expectSeen(parent, child!));
      expect(await town.workItems(child!)).toEqual([]);
    },
  );
});

describe('a new roster', () => {
  test('ends a teacher’s role: the class is out of sight, the session is over and no login is left (S-02, S-04)', async () => {
    const { stack } = town;
    const xml = originalRoster(stack);
    const teacher = await town.visit('staff', 'staff.secondTeacher');
    const pupil = await town.idOf('F1.older');
    const variables = { id: await schoolOf(pupil), day: today() };
    const board = `query ($id: ID!, $day: Date!) { unit(id: $id) { id absences(day: $day) { nodes { id } } } }`;
    expect((await teacher.ask(board, variables)).codes).toEqual([]);

    await importRoster(stack, withoutPlacesOf(xml, goldenByName.get('staff.secondTeacher')!.sourceId));
    try {
      await soon(async () => expect((await askOne(teacher, 'identity', pupil)).status).toBe(401));
      expect((await teacher.ask(board, variables)).status).toBe(401);
      await expect(town.visit('staff', 'staff.secondTeacher')).rejects.toThrow('the login was refused');
    } finally {
      await importRoster(stack, xml);
    }
    const again = await town.visit('staff', 'staff.secondTeacher');
    await soon(async () => expect((await askOne(again, 'identity', pupil)).codes).toEqual([]));
  });

  test('with a pupil of 18 shows that one to no guardian, and one of 17 to both (GUA-14, AGE-05)', async () => {
    const { stack } = town;
    const { mother, father } = familyWith(2, 0);
    const xml = originalRoster(stack);
    const inDays = addDays(today(), addDays(today(), 3).endsWith('-02-29') ? 4 : 3);
    const [ofAge, almost] = await Promise.all(
      [today(), inDays].map(async (birthday) => {
        const born = `${Number(birthday.slice(0, 4)) - 18}${birthday.slice(4)}`;
        return (await town.live({ kind: 'birth', mother, father, born, given: 'SEN' })).people![0]!;
      }),
    );
    const hers = await town.visit('guardian', mother);
    const his = await town.visit('guardian', father);
    const before = (await childrenOf(hers))!;
    const unit = goldenUnits.school.unit.sourceId;
    const from = '2026-08-01';
    const withBoth = [ofAge!, almost!].reduce(
      (text, number, place) => withPupil(text, { sourceId: `late-${place}`, number, unit, from }),
      xml,
    );
    await importRoster(stack, withBoth);
    try {
      await soon(async () => expect(await childrenOf(hers)).toHaveLength(before.length + 1));
      const shown = (await childrenOf(hers))!.find((id) => !before.includes(id))!;
      await soon(() => expectSeen(his, shown));
      const days = await town.look('identity')<{ person_id: string; is_seen: boolean }[]>`
        select p.person_id, exists (select from access_grant g where g.child_id = p.person_id and g.state <> 'ENDED') as is_seen
        from person p where p.given = 'SEN' and p.birth_date in (${bornOn(today())}, ${bornOn(inDays)}) order by p.birth_date`;
      expect(days.map(({ is_seen }) => is_seen)).toEqual([false, true]);
      expect(days[1]!.person_id).toBe(shown);
      for (const parent of [hers, his]) await expectHidden(parent, days[0]!.person_id, 'NOT_FOUND');
    } finally {
      await importRoster(stack, xml);
    }
  });

  const bornOn = (birthday: string): string => `${Number(birthday.slice(0, 4)) - 18}${birthday.slice(4)}`;
  const schoolOf = async (childId: string): Promise<string> => {
    const mother = await town.visit('guardian', 'F1.mother');
    const { data } = await mother.ask<{ child: { enrolments: { unit: { id: string } }[] } }>(
      `query ($id: ID!) { child(id: $id) { enrolments { unit { id } } } }`,
      { id: childId },
    );
    return data!.child.enrolments[0]!.unit.id;
  };
});
