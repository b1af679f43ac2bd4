import { schoolDayAhead } from '@ranselpost/infra/visitor/absences';
import { Visitor } from '@ranselpost/infra/visitor/visitor';
import { newId } from '@ranselpost/kit/ids';
import { type GraphQLSchema, buildClientSchema, getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { report } from './absences.ts';
import { type Asker, type RawAnswer, askRaw, inTurns } from './asking.ts';
import { type IdPlace, idPlaces, openQuestions } from './every-operation.ts';
import { jointFamilies } from './families.ts';
import { openLive } from '@ranselpost/infra/visitor/live';
import { soon } from './rights.ts';
import { type Kind, openTown } from './town.ts';

const town = openTown();
afterAll(() => town.close());

type Ids = ReadonlyMap<string, ReadonlySet<string>>;

let schema: GraphQLSchema;
/** Ids of one family's and its unit's, by type, as those who may see them do. */
let theirs: Ids;
/** Cursors into lists that only they see. */
let cursors: readonly string[];
const anId = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** Everything an actor finds without naming anything: `type` → ids, and the cursors on the way. */
async function found(asker: Asker): Promise<{ ids: Ids; cursors: readonly string[] }> {
  const ids = new Map<string, Set<string>>();
  const ends: string[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(walk);
    if (typeof value !== 'object' || value === null) return;
    const { __typename: type, id, endCursor } = value as Record<string, unknown>;
    if (typeof type === 'string' && typeof id === 'string')
      ids.set(type, (ids.get(type) ?? new Set()).add(id));
    if (typeof endCursor === 'string') ends.push(endCursor);
    Object.values(value).forEach(walk);
  };
  for (const question of openQuestions(schema)) walk(JSON.parse((await askRaw(asker, question)).text));
  return { ids, cursors: ends };
}

const merged = (...all: readonly Ids[]): Ids => {
  const ids = new Map<string, Set<string>>();
  for (const one of all)
    for (const [type, some] of one) ids.set(type, new Set([...(ids.get(type) ?? []), ...some]));
  return ids;
};
const all = (ids: Ids): ReadonlySet<string> => new Set([...ids.values()].flatMap((some) => [...some]));

beforeAll(async () => {
  const mother = await town.visit('guardian', 'F2.mother');
  const { data } = await mother.ask<Parameters<typeof buildClientSchema>[0]>(getIntrospectionQuery());
  schema = buildClientSchema(data!);
  const { data: seen } = await mother.ask<{
    viewer: { children: { id: string; enrolments: { unit: { id: string } }[] }[] };
  }>('{ viewer { children { id enrolments { unit { id } } } } }');
  const [child] = seen!.viewer.children;
  const input = { childId: child!.id, unitId: child!.enrolments[0]!.unit.id, cause: 'OTHER' };
  for (const days of [2, 3])
    await report(mother, { ...input, day: schoolDayAhead(days), idempotencyKey: newId() });
  const asker = await town.visit('guardian', 'F9.father');
  await asker.ask(question, {
    input: {
      ...{ scope: 'SCHOOL', childName: 'NOEN ANDRES', childBirthDate: '2016-02-03', askerName: 'EN FAR' },
      ...{ question: 'Går det bra på skolen?', idempotencyKey: newId() },
    },
  });
  const office = await found(await town.visit('staff', 'staff.schoolOffice'));
  const hers = await found(mother);
  const hidden = await Promise.all(['F6.child', 'F6.mother', 'F2.mother'].map(town.idOf));
  theirs = merged(hers.ids, office.ids, (await found(asker)).ids, new Map([['Hidden', new Set(hidden)]]));
  cursors = hers.cursors;
});

const question = `mutation ($input: RequestInformationInput!) { requestInformation(input: $input) { __typename } }`;

interface Actor {
  readonly who: string;
  readonly kind: Kind | 'machine';
  readonly why: string;
}

const asActor = async ({ who, kind }: Actor): Promise<Asker> =>
  kind === 'machine'
    ? Object.assign(new Visitor(town.gateway), { token: await town.machineToken() })
    : town.visit(kind, who);

const actors: readonly Actor[] = [
  { who: 'F2.father', kind: 'guardian', why: 'the father without responsibility' },
  { who: '13828900360', kind: 'guardian', why: 'the father of a child in the same class' },
  { who: '11819500004', kind: 'guardian', why: 'a mother at the same school' },
  { who: 'staff.caseWorker', kind: 'guardian', why: 'somebody without a child here' },
  { who: 'F11.father', kind: 'staff', why: 'the teacher of another class' },
  { who: 'staff.afterSchoolWorker', kind: 'staff', why: 'after-school staff' },
  { who: 'staff.kindergartenLeader', kind: 'staff', why: 'the head of a kindergarten' },
  { who: 'staff.otherTeacher', kind: 'staff', why: 'a teacher at another school' },
  { who: 'integrator', kind: 'machine', why: 'approved for nothing yet' },
];

const began = Date.now();

describe.each(actors)('$who as $kind, $why (required test 2, S-06, GUA-20)', (actor) => {
  const { kind } = actor;
  let visitor: Asker;
  let own: Ids;
  let known: ReadonlySet<string>;
  /** Nothing of these may be found out by trying. */
  let foreign: readonly string[];
  let byKind: readonly (readonly [string, readonly string[]])[];

  beforeAll(async () => {
    visitor = await asActor(actor);
    own = (await found(visitor)).ids;
    const ofOwn = all(own);
    byKind = [...theirs].map(([type, some]) => [type, [...some].filter((id) => !ofOwn.has(id)).slice(0, 3)]);
    known = new Set([...ofOwn, ...all(theirs)]);
    foreign = byKind.flatMap(([, some]) => some);
  });

  /**
   * What is tried in a place: what it asks for and whoever is hidden; and of the other kinds one in two where something is asked, one in six
   * where something is changed, others for each actor.
   */
  const triedIn = ({ isChange, name }: IdPlace): readonly string[] => {
    const asksFor = [/\.(\w+)\(/, /(\w+?)(?:Ids?)?\)$/].map((part) => part.exec(name)?.[1]?.toLowerCase());
    const share = isChange ? 6 : 2;
    return byKind.flatMap(([type, some], at) => {
      if (type === 'Hidden' || asksFor.includes(type.toLowerCase()))
        return isChange ? some.slice(0, 1) : some;
      return at % share === actors.indexOf(actor) % share ? some.slice(0, 1) : [];
    });
  };

  /** What stands in the other places of an operation: something of their own, where that changes nothing at a unit. */
  const others =
    ({ isChange }: IdPlace) =>
    (last: string): string => {
      const type = last.replace(/Ids?$/, '');
      const some = [...own].find(([name]) => name.toLowerCase() === type.toLowerCase())?.[1];
      return isChange && kind !== 'guardian' ? newId() : ([...(some ?? [])][0] ?? newId());
    };
  /** What fails side by side is told in any order. */
  const inOrder = (text: string): string => {
    const { errors, ...rest } = JSON.parse(text) as { errors?: readonly object[] };
    if (errors === undefined) return text;
    return JSON.stringify({ errors: errors.map((error) => JSON.stringify(error)).toSorted(), ...rest });
  };
  /** What a change has just made has an id and times of its own, which name nothing that there was before. */
  const withoutNew = (text: string): string =>
    text
      .replaceAll(new RegExp(anId, 'g'), (id) => (known.has(id) ? id : 'a new id'))
      .replaceAll(/"(\d{4}-\d\d-\d\dT[\d:.]+Z)"/g, (_, at: string) =>
        Date.parse(at) >= began ? '"soon"' : `"${at}"`,
      );
  const answerTo = async (place: IdPlace, id: string): Promise<RawAnswer> => {
    const answer = await askRaw(visitor, place.query, place.variables(id, others(place)));
    // What a preview gives to be confirmed is made of the places that were asked for.
    const named = inOrder(answer.text).replaceAll(id, 'the id');
    const text = place.isChange ? withoutNew(named) : named;
    return { ...answer, text: text.replace(/"confirmation":"[\w-]+"/, '') };
  };

  test('is answered the same for an id of theirs as for none, wherever an id can stand', async () => {
    expect(foreign.length).toBeGreaterThan(3);
    const told: string[] = [];
    const nth = actors.indexOf(actor);
    // Each change is tried by every other actor, so by four or five of them; each question by all.
    const places = idPlaces(schema).filter(({ isChange }, at) => !isChange || at % 2 === nth % 2);
    await inTurns(places, async (place) => {
      const ofNoId = await answerTo(place, newId());
      expect(await answerTo(place, newId())).toEqual(ofNoId);
      const ofNone = new Map([['*', ofNoId]]);
      for (const id of triedIn(place)) {
        const shape = id.replaceAll(new RegExp(anId, 'g'), '*');
        const none = ofNone.get(shape) ?? (await answerTo(place, shape.replaceAll('*', newId)));
        ofNone.set(shape, none);
        const answer = await answerTo(place, id);
        if (JSON.stringify(answer) !== JSON.stringify(none))
          told.push(`${place.name}: ${answer.status} ${answer.text} instead of ${none.status} ${none.text}`);
      }
    });
    expect(told).toEqual([]);
  });

  test('is answered the same under an alias beside what is their own', async () => {
    for (const field of ['child', 'unit'] as const) {
      const mine = [...(own.get(field === 'child' ? 'Child' : 'Unit') ?? [])][0] ?? newId();
      const ask = (id: string): Promise<RawAnswer> =>
        askRaw(visitor, `{ a: ${field}(id: "${mine}") { id } b: ${field}(id: "${id}") { id } }`);
      const none = await ask(newId());
      await inTurns(foreign, async (id) => expect(await ask(id)).toEqual(none));
    }
  });

  test('reads nothing out of a cursor of theirs, in a list of their own or in none', async () => {
    // A place in the access log is a number and names nobody; a cursor of another list says after whom it goes on.
    const naming = cursors.filter((cursor) => anId.test(Buffer.from(cursor, 'base64url').toString('utf8')));
    expect(naming.length).toBeGreaterThan(0);
    const mine = [...(own.get('Child') ?? [])][0] ?? newId();
    const list = `query ($id: ID!, $after: String!) { child(id: $id) { absences(first: 2, after: $after) { nodes { id } pageInfo { hasNextPage hasPreviousPage } } } }`;
    for (const after of naming) {
      const of = Buffer.from(after, 'base64url').toString('utf8');
      const random = of.replaceAll(new RegExp(anId, 'g'), newId);
      expect(random).not.toBe(of);
      const none = { id: mine, after: Buffer.from(random, 'utf8').toString('base64url') };
      expect(await askRaw(visitor, list, { id: mine, after })).toEqual(await askRaw(visitor, list, none));
      const nobody = await askRaw(visitor, list, { id: newId(), after });
      await inTurns(foreign, async (id) =>
        expect(await askRaw(visitor, list, { id, after })).toEqual(nobody),
      );
    }
  });

  test('finds no back door for entities (S-13)', async () => {
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Child { id } } }`;
    const ask = (id: string) => askRaw(visitor, query, { r: [{ __typename: 'Child', id }] });
    const none = await ask(newId());
    expect(none.status).toBe(400);
    await inTurns(foreign, async (id) => expect(await ask(id)).toEqual(none));
  });
});

test('the ids that are swapped are of every kind that the graph has for a family and its school', () => {
  expect([...theirs.keys()]).toEqual(
    expect.arrayContaining([
      'Child',
      'Guardian',
      'Enrolment',
      'Unit',
      'Group',
      'Absence',
      'StaffRole',
      'InformationRequest',
    ]),
  );
  const names = idPlaces(schema).map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining([
      'Query.child(id)',
      'Query.unit(id)',
      'Mutation.reportAbsence(input.places.childId)',
      'Mutation.reportAbsence(input.places.unitId)',
      'Mutation.openInformationDecision(input.requestId)',
    ]),
  );
});

describe('a live stream', () => {
  test('says nothing of another family’s child, whatever is asked of it (S-06)', async () => {
    const { mother, father, children } = jointFamilies().at(-1)!;
    const child = children[0]!.number;
    const hers = await openLive(await town.visit('guardian', mother));
    const others = await Promise.all(
      actors.flatMap(({ who, kind }) => (kind === 'machine' ? [] : [town.visit(kind, who).then(openLive)])),
    );
    try {
      await town.live({ kind: 'sole-responsibility', child, holder: mother });
      await soon(() => expect(hers.heard()).toContain('data:'));
      await town.live({ kind: 'joint-responsibility', child, holders: [mother, father] });
      for (const stream of others) expect(stream.heard()).not.toContain('data:');
    } finally {
      for (const stream of [hers, ...others]) stream.close();
    }
  });
});
