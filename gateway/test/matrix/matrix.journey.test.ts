import { createActorSigner } from '@ranselpost/kit/actor-token';
import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { calendarOf, everyDay, setCalendar } from '@ranselpost/infra/visitor/register';
import { CookieJar } from '@ranselpost/infra/simulators/idporten/sign-in';
import { Visitor } from '@ranselpost/infra/visitor/visitor';
import {
  type GraphQLObjectType,
  getNamedType,
  isInputObjectType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Asker, askRaw, inTurns } from '../journeys/asking.ts';
import { today } from '../journeys/absences.ts';
import { openTown } from '../journeys/town.ts';
import { changes, inputOf, messageFor } from './changes.ts';
import { type Column, guardians, inCharge, notLetIn, strangers } from './columns.ts';
import { expand } from './expected.ts';
import { readGraph, readParts, reference, selectionBelow, shallow, whole } from './graph.ts';
import { type Answer, Seen, differences, notice } from './observe.ts';
import { table } from './table.ts';
import { type TypedIn, dayOfAbsence, typeIn } from './typed-in.ts';
import {
  type Representative,
  type Somebody,
  children,
  everybody,
  keyOf,
  representatives,
  standingAt,
  standingOf,
} from './who-is-who.ts';

const town = openTown();
const graph = readGraph();
const parts = readParts();
const matrix = expand(table, graph);
const seen = new Seen();

interface Session extends Asker {
  readonly name: string;
  /** What services are told of who asks; nothing for nobody. */
  readonly actor: Actor | null;
}
let typedIn: TypedIn;
const sessions = new Map<string, Session>();
let machine: Session;
const nobody: Session = Object.assign(new Visitor(town.gateway), { name: 'nobody', actor: null });
const sessionOf = (one: Somebody): Session => sessions.get(keyOf(one))!;
/** All that each has been told, to look for what they should not have been. */
const told = new Map<string, string[]>();
const hear = ({ name }: Session, text: string): unknown => told.set(name, [...(told.get(name) ?? []), text]);

beforeAll(async () => {
  typedIn = await typeIn(town);
  await inTurns(everybody, async (one) => sessions.set(keyOf(one), await signIn(one)));
  machine = Object.assign(new Visitor(town.gateway), {
    ...{ name: 'machine', token: await town.machineToken() },
    actor: { kind: 'machine' as const, clientId: 'somebody', organisation: '310001236', scopes: [] },
  });
});
afterAll(async () => {
  await typedIn?.takeBack();
  await town.close();
});

async function signIn(one: Somebody): Promise<Session> {
  const name = keyOf(one);
  const login = town.visit(one.as, typedIn.logins[one.who] ?? one.who);
  const actorOf = (personId: string) => ({ kind: one.as, personId, level: 'substantial' as const });
  if (one.as === 'staff' && notLetIn.includes(standingOf(one, 'F1.older'))) {
    await expect(login, name).rejects.toThrow('refused');
    return Object.assign(new Visitor(town.gateway), { name, actor: actorOf(newId()) });
  }
  const visitor = await login;
  const { data } = await visitor.ask<{ viewer: { id: string } }>('{ viewer { id } }');
  return Object.assign(visitor, { name, actor: actorOf(data!.viewer.id) });
}

/** Everybody of whom there is one in a column: they ask what is not about one child. */
const oneOfEach = (): readonly (readonly [Column, Session, Representative])[] => [
  ...Object.entries(representatives).map(([column, one]) => [column as Column, sessionOf(one), one] as const),
  ['machine', machine, representatives.stranger],
  ['signedOut', nobody, representatives.stranger],
];

interface Question {
  readonly field: string;
  readonly column: Column;
  readonly args?: string;
}
const queries = graph.getQueryType()!.getFields();
/** What lies below, and of one's own children and units no more than that they are there: they are not what is asked about. */
const notWhole = [
  ...['viewer', 'meetingOffers', 'unitEvents', 'heldMeetingOffers'],
  ...['contactForms', 'unitContactForms', 'safetyConcerns', 'admissionUnit'],
  ...['admissionRounds', 'admissionRound', 'compareRuns'],
  ...['placementClaimsToAssign', 'assignedPlacementClaims', 'placementAppeal', 'occupancy'],
  'waitingPlacementAppeals',
];
/** A round has pages of applications, each with all that is below a child and a unit: it is asked for by itself. */
const rounds = ['admissionRounds', 'admissionRound'];
const deep = (name: string): string =>
  selectionBelow(graph, queries[name]!, dayOfAbsence(), [
    ...(notWhole.includes(name) ? ['Child', 'Unit'] : []),
    ...(rounds.includes(name) ? [] : ['AdmissionRound']),
  ]);
const flat = (name: string): string => {
  const type = getNamedType(queries[name]!.type);
  if (isLeafType(type)) return '';
  return isObjectType(type) ? `{ __typename ${shallow(type, dayOfAbsence())} }` : '{ __typename }';
};

/** Asks several questions at once and notes, field by field, how each was answered. */
async function ask(
  session: Session,
  questions: readonly Question[],
  below: (name: string) => string = deep,
  into: Seen = seen,
): Promise<void> {
  const isLeaf = (field: string): boolean => isLeafType(getNamedType(queries[field]!.type));
  /** Ids are variables, so that whoever asks the same has the same plan. */
  const variables: Record<string, string> = {};
  const declared: string[] = [];
  const withVariables = (field: string, args: string, at: number): string =>
    args.replaceAll(/(\w+): "([\da-f-]{36})"/g, (text, name: string, id: string) => {
      const type = queries[field]!.args.find((arg) => arg.name === name)?.type;
      if (type === undefined) return text;
      variables[`${name}${at}`] = id;
      declared.push(`$${name}${at}: ${String(type)}`);
      return `${name}: $${name}${at}`;
    });
  const lines = questions.map(({ field, args = '' }, at) => {
    return `q${at}: ${field}${withVariables(field, args, at)}${isLeaf(field) ? '' : ` { ...${field} }`}`;
  });
  const used = [...new Set(questions.map(({ field }) => field))];
  const fragments = used
    .filter((name) => !isLeaf(name))
    .map((name) => {
      return `fragment ${name} on ${getNamedType(queries[name]!.type).name} ${below(name)}`;
    });
  const head = declared.length === 0 ? '' : `query (${declared.join(', ')})`;
  const text = `${head} { ${lines.join('\n')} }\n${fragments.join('\n')}`;
  const answer = await askRaw(session, text, variables);
  if (answer.status === 401) {
    for (const { field, column } of questions)
      into.note(`Query.${field}`, column, 'UNAUTHENTICATED', session.name);
    return;
  }
  if (answer.status !== 200)
    throw new Error(`${session.name} asks for ${used.join(', ')}: ${answer.status} ${answer.text}`);
  const questionOf = (key: string): Question => questions[Number(key.slice(1))]!;
  hear(session, answer.text);
  notice(
    JSON.parse(answer.text) as Answer,
    (key) => `Query.${questionOf(key).field}`,
    (field, outcome, at) =>
      into.note(field, questionOf(at.split('.')[0]!).column, outcome, `${session.name} at ${at}`),
  );
}

const pages = <One>(all: readonly One[], size: number): readonly (readonly One[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));

const aboutAChild = ['child', 'childAccess', 'guardianshipCase', 'meetingOffers', 'unitEvents'];
/** Each asked by itself, so that no question is too large. */
const aboutNoChild = Object.keys(queries).filter((field) => !aboutAChild.includes(field));

/** Asked for a small page, where nothing else has to be said. */
const listed = Object.values(queries)
  .filter(({ args }) => args.some(({ name }) => name === 'first') && !args.some(isRequiredArgument))
  .map(({ name }) => name);

/** With what each query that is about no child is asked. */
function argsOf({ child, unit }: Pick<Representative, 'child' | 'unit'>): Readonly<Record<string, string>> {
  const { ids } = typedIn;
  const own = ids.child[child]!;
  return {
    ...Object.fromEntries(listed.map((field) => [field, '(first: 3)'])),
    ...{ unit: `(id: "${ids.unit[unit]}")`, informationRequest: `(id: "${ids.request}")` },
    ...{ features: '(feature: ABSENCE, first: 3)' },
    thread: `(id: "${messageFor(typedIn, { child, unit }).threadId}")`,
    inbox: '(first: 3)',
    searchMessages: '(words: "matrix", first: 3)',
    attachment: `(id: "${messageFor(typedIn, { child, unit }).attachmentId}")`,
    admissionUnit: `(id: "${ids.unit.kindergarten}")`,
    placePrices: `(input: {
      care: KINDERGARTEN, from: "2026-08-01", months: 2, yearlyIncome: 200000, reductionAppliedOn: "2026-08-02",
      children: [{ key: "one", bornOn: "2025-01-01", startsOn: "2026-08-01", weeklyHours: 45 }]
    })`,
    cashBenefitList: '(month: "2026-08")',
    invoiceBasis: '(month: "2026-08", care: KINDERGARTEN)',
    occupancy: '(day: "2026-08-15")',
    placeStart: '(bornOn: "2025-01-01", admissionYear: 2026)',
    admissionRound: `(id: "${newId()}")`,
    compareRuns: `(runId: "${newId()}", withRunId: "${newId()}")`,
    leave: `(id: "${newId()}")`,
    placementApplication: `(id: "${newId()}")`,
    placementAppeal: `(id: "${newId()}")`,
    placementOffer: `(id: "${newId()}")`,
    placementPool: `(id: "${newId()}")`,
    placementClaim: `(id: "${newId()}")`,
    broadcast: `(id: "${newId()}")`,
    draft: `(id: "${newId()}")`,
    newsPost: `(id: "${newId()}")`,
    unitDocument: `(id: "${newId()}")`,
    unitDocuments: `(unitId: "${ids.unit[unit]}", first: 3)`,
    unitNews: `(unitId: "${ids.unit[unit]}", first: 3)`,
    unitContactForms: `(unitId: "${ids.unit[unit]}", first: 3)`,
    safetyConcerns: `(unitId: "${ids.unit[unit]}", first: 3)`,
    unitBroadcasts: `(unitId: "${ids.unit[unit]}", first: 3)`,
    previewBroadcast: `(audience: { places: [{ unitId: "${ids.unit[unit]}" }] })`,
    messageReaders: `(childIds: ["${own}"], unitId: "${ids.unit[unit]}")`,
  };
}

const isStranger = (column: Column): boolean => [...strangers, 'machine', 'signedOut'].includes(column);
const isOfGraph = (field: string): boolean => !field.includes(':') && !field.startsWith('Mutation.');

describe('every query (required test 1, S-01, S-02, GUA-13)', () => {
  test('is tried', () => {
    expect(Object.keys(queries)).toEqual(expect.arrayContaining(aboutAChild));
  });

  test('is answered as the matrix says, to the golden families and all kinds of staff, of every child', async () => {
    const askers = [
      ...everybody.map((one) => ({
        session: sessionOf(one),
        columnOf: (child: string) => standingOf(one, child),
      })),
      { session: machine, columnOf: () => 'machine' as const },
      { session: nobody, columnOf: () => 'signedOut' as const },
    ];
    const { ids } = typedIn;
    const idArgument = (field: string, id: string) => `(${queries[field]!.args[0]!.name}: "${id}")`;
    await inTurns(askers, async ({ session, columnOf }) => {
      const questions = children.flatMap((child) =>
        aboutAChild.map((field) => {
          return { field, args: idArgument(field, ids.child[child]!), column: columnOf(child) };
        }),
      );
      for (const page of pages(questions, 15)) await ask(session, page, flat);
    });
    await inTurns(oneOfEach(), async ([column, session, { child, unit }]) => {
      const own = ids.child[child]!;
      for (const field of aboutAChild) await ask(session, [{ field, column, args: idArgument(field, own) }]);
      const args = argsOf({ child, unit });
      for (const field of aboutNoChild)
        await ask(session, [{ field, column, ...(args[field] && { args: args[field] }) }]);
    });
    expect(differences(matrix, seen, isOfGraph)).toEqual([]);
  });
});

/** Nobody has applied in the town: tried with what does not exist. */
const ofPlacement = [
  ...[
    'PlacementApplication',
    'PlacementClaim',
    'PlacementOffer',
    'ChildPlace',
    'PlacementPool',
    'PlacementAppeal',
  ],
];

describe('every reference to a service, past the gateway (required test 1, S-13, GUA-13)', () => {
  test('is answered as the matrix says', async () => {
    const issuer = town.gateway;
    const keys = readFileSync(town.stack.where.secrets.signingKeysFile('actor-signing'), 'utf8');
    const signer = await createActorSigner(issuer, JSON.parse(keys));
    const { ids } = typedIn;
    interface Referred {
      readonly type: string;
      readonly id: string;
      readonly column: Column;
    }
    const askPart = async (
      service: string,
      type: GraphQLObjectType,
      session: Session,
      some: readonly Referred[],
    ): Promise<void> => {
      const query = `query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on ${type.name} {
        ${shallow(type, dayOfAbsence())} } } }`;
      const response = await fetch(new URL('/graphql', town.stack.urls[service]), {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(session.actor && { authorization: `Bearer ${await signer.sign(session.actor, service)}` }),
        },
        body: JSON.stringify({
          query,
          variables: { r: some.map(({ id }) => ({ __typename: type.name, id })) },
        }),
      });
      const field = `${service}:${type.name}.${reference}`;
      if (response.status === 401) {
        for (const { column } of some) seen.note(field, column, 'UNAUTHENTICATED', session.name);
        return;
      }
      if (response.status !== 200) throw new Error(`${field}: ${response.status} ${await response.text()}`);
      const { data, errors = [] } = (await response.json()) as {
        data: { _entities: readonly unknown[] };
        errors?: NonNullable<Answer['errors']>;
      };
      // A service may say the id that it was asked about once more.
      hear(
        session,
        some.reduce((text, { id }) => text.replaceAll(id, ''), JSON.stringify(data)),
      );
      some.forEach(({ id, column }, at) => {
        const own = errors
          .filter(({ path }) => path?.[1] === at)
          .map((error) => ({ ...error, path: [String(at), ...(error.path ?? []).slice(2)] }));
        notice(
          { data: { [at]: data._entities[at] }, errors: own },
          () => field,
          (name, outcome, where) =>
            seen.note(
              name.includes(':') ? name : `${service}:${name}`,
              column,
              outcome,
              `${session.name} of ${id} at ${where}`,
            ),
        );
      });
    };
    const askAll = async (session: Session, all: readonly Referred[]): Promise<void> => {
      for (const { service, entities } of parts)
        for (const type of entities) {
          const some = all.filter((one) => one.type === type.name);
          if (some.length > 0) await askPart(service, type, session, some);
        }
    };
    await inTurns(everybody, (one) =>
      askAll(sessionOf(one), [
        ...children.map((child) => ({
          type: 'Child',
          id: ids.child[child]!,
          column: standingOf(one, child),
        })),
        ...ids.absences.map(({ child, unit, id }) => ({
          type: 'Absence',
          id,
          column: standingAt(one, child, unit),
        })),
      ]),
    );
    await inTurns(oneOfEach(), ([column, session, { child, unit }]) =>
      askAll(session, [
        { type: 'Unit', id: ids.unit[unit], column },
        { type: 'FeatureState', id: `${ids.unit[unit]}:ABSENCE`, column },
        { type: 'Thread', id: messageFor(typedIn, { child, unit }).threadId, column },
        { type: 'Message', id: messageFor(typedIn, { child, unit }).id, column },
        { type: 'Attachment', id: messageFor(typedIn, { child, unit }).attachmentId, column },
        { type: 'Broadcast', id: newId(), column },
        { type: 'Leave', id: newId(), column },
        ...ofPlacement.map((type) => ({ type, id: newId(), column })),
        ...ids.groups[child]!.map((id) => ({ type: 'Group', id, column })),
        // There may be no absence of a child of theirs, and machines and nobody have no child.
        ...(isStranger(column) ? [{ type: 'Absence', id: ids.absences[0]!.id, column }] : []),
        // Nor of a hidden one.
        ...(['unnamed', 'leaderUnnamed'].includes(column) ? [{ type: 'Absence', id: newId(), column }] : []),
        ...(isStranger(column) ? [{ type: 'Child', id: ids.child[child]!, column }] : []),
      ]),
    );
    expect(differences(matrix, seen, (field) => field.includes(':'))).toEqual([]);
  });
});

describe('at a shared tablet (T16, decision 0046)', () => {
  const column = 'teacher';
  const place = representatives[column];
  const said = new Seen();
  let tablet: Session;
  /** The board of today with the children by short names, and what everybody may know: of the unit, and that there is nothing else. */
  const open: Readonly<Record<string, string>> = {
    ...{ Unit: 'id name kind calendar openDays dayBoard', Child: 'id shortName' },
    Mark: 'id standing came went isByClock madeAt takenAt',
    DaySlot: 'lesson state mark inDoubt',
    DayBoardConnection: 'day asOf isOpen counts staffing edges nodes pageInfo',
    BoardRow: 'child state isHere came went fetchedLate alert stay trip isTimeToGo slots',
    ...{ BoardRowEdge: 'node cursor', PageInfo: 'hasNextPage hasPreviousPage startCursor endCursor' },
    DayCounts: 'present elsewhere absentReported absentUnreported notYetKnown here inDoubt',
    ...{
      Staffing: 'staff children groups isViewerHere viewerGroupId',
      GroupStaffing: 'groupId staff children',
    },
    Stay: 'unit weekday day comes arrives leaves goesHome',
    Trip: 'id firstDay leavesAt lastDay returnsAt',
    Lesson: 'id groupId weekday starts ends subject from to',
    UnitCalendar: 'opensAt closesAt planningAt daysAhead askMinutesBefore isOpenEveryDay schoolYears closed',
    ...{ SchoolYear: 'firstDay lastDay', ClosedDays: 'firstDay lastDay kind' },
    AccessHelp: 'heading paragraphs linkLabel linkUrl',
    ...{ Query: 'unit accessHelp news broadcasts contactForms', NewsConnection: 'pageInfo' },
    ...{ ReceivedBroadcastConnection: 'pageInfo unreadCount', ContactFormConnection: 'pageInfo' },
  };
  const isOpen = (field: string): boolean => {
    const [type, name] = field.split('.') as [string, string];
    return open[type]?.split(' ').includes(name) ?? false;
  };
  const shown = (fields: Iterable<string>): readonly string[] =>
    [...fields].filter(
      (field) => said.of(field, column).has('shown') || said.of(field, column).has('NOT_YOURS'),
    );

  beforeAll(async () => {
    const [own, head] = [
      await town.visit('staff', 'staff.secondTeacher'),
      await town.visit('staff', 'staff.schoolLeader'),
    ];
    const { data } = await own.ask<{ viewer: { id: string } }>('{ viewer { id } }');
    const [personId, pin, unitId] = [data!.viewer.id, '482915', typedIn.ids.unit[place.unit]];
    await own.ask(`mutation { setPin(input: { pin: "${pin}" }) { __typename } }`);
    const made = await head.ask<{ pairTablet: { code: string } }>(
      `mutation { pairTablet(input: { unitId: "${unitId}", name: "Matrix" }) { ... on TabletPairing { code } } }`,
    );
    const device = new Visitor(town.gateway, new CookieJar());
    const send = async (path: string, body: object): Promise<void> => {
      const url = new URL(path, town.gateway);
      const response = await fetch(url, {
        ...{ method: 'POST', body: JSON.stringify(body) },
        headers: { 'content-type': 'application/json', origin: url.origin, cookie: device.jar.header(url) },
      });
      device.jar.store(url, response.headers.getSetCookie());
      expect([path, response.status]).toEqual([path, 204]);
    };
    await send('/tablet/pair', { code: made.data!.pairTablet.code });
    await send('/tablet/enter', { personId, pin });
    tablet = Object.assign(device, { name: 'a tablet', actor: null });
  });

  test('every query but the board of the day is answered as to nobody', async () => {
    const args = argsOf(place);
    const own = typedIn.ids.child[place.child]!;
    const idOf = (field: string) => `(${queries[field]!.args[0]!.name}: "${own}")`;
    await inTurns(Object.keys(queries), async (field) => {
      const given = aboutAChild.includes(field) ? idOf(field) : args[field];
      await ask(tablet, [{ field, column, ...(given && { args: given }) }], flat, said);
    });
    // What is refused of a unit takes the unit with it: each field by itself, and so of the children on its board.
    const unitId = typedIn.ids.unit[place.unit];
    const head = await town.visit('staff', 'staff.schoolLeader');
    const usual = await calendarOf(head, unitId);
    await setCalendar(head, unitId, everyDay);
    const fieldsOf = (type: string) => Object.values((graph.getType(type) as GraphQLObjectType).getFields());
    const askedElsewhere = ['Unit', 'Child', 'Group', 'AdmissionRound'];
    const onBoard = (text: string) =>
      `dayBoard(day: "${today()}") { __typename nodes { __typename child { __typename ${text} } } }`;
    try {
      await inTurns(
        [
          ...fieldsOf('Unit').map((field) => whole(graph, field, today(), askedElsewhere)),
          ...fieldsOf('Child').map((field) => onBoard(whole(graph, field, today(), askedElsewhere))),
        ],
        async (text) => {
          const answer = await askRaw(tablet, `{ unit(id: "${unitId}") { __typename ${text} } }`);
          expect([text, answer.status]).toEqual([text, 200]);
          notice(
            JSON.parse(answer.text) as Answer,
            (key) => `Query.${key}`,
            (field, outcome) => said.note(field, column, outcome, answer.text.slice(0, 300)),
          );
        },
      );
    } finally {
      await setCalendar(head, unitId, usual);
    }
    expect(shown(matrix.keys()).filter((field) => !isOpen(field))).toEqual([]);
    expect(shown(['Unit.dayBoard', 'Child.shortName'])).toHaveLength(2);
  });

  test('every change but a mark, and that one is there oneself, is refused', async () => {
    const mutations = graph.getMutationType()!.getFields();
    await inTurns(Object.keys(changes), async (name) => {
      const field = mutations[name]!;
      const input = field.args.map(({ type }) => getNamedType(type)).find(isInputObjectType)!;
      const query = `mutation ($input: ${input.name}!) { ${name}(input: $input) { __typename } }`;
      const variables = { input: inputOf(name, typedIn, place, 'idempotencyKey' in input.getFields()) };
      const { status, text } = await askRaw(tablet, query, variables);
      expect([name, status]).toEqual([name, 200]);
      notice(
        JSON.parse(text) as Answer,
        (key) => `Mutation.${key}`,
        (at, outcome) => said.note(at, column, outcome, text.slice(0, 300)),
      );
    });
    expect(shown(Object.keys(changes).map((name) => `Mutation.${name}`))).toEqual([
      'Mutation.markAttendance',
      'Mutation.setStaffPresence',
    ]);
  });
});

describe('every change (required test 1, S-01, S-02)', () => {
  const mutations = graph.getMutationType()!.getFields();

  test('is tried', () => {
    expect(Object.keys(changes).toSorted()).toEqual(Object.keys(mutations).toSorted());
  });

  test('is answered as the matrix says, with ids of one’s own and of others', async () => {
    for (const name of Object.keys(changes)) {
      const field = mutations[name]!;
      const input = field.args.map(({ type }) => getNamedType(type)).find(isInputObjectType)!;
      const query = `mutation ($input: ${input.name}!) { ${name}(input: $input) ${selectionBelow(graph, field, dayOfAbsence(), ['AdmissionRound'])} }`;
      const isPermitted = (column: Column) =>
        matrix.get(`Mutation.${name}`)?.get(column)?.outcome === 'shown';
      const tryIt = async ([column, session, asker]: ReturnType<typeof oneOfEach>[number]): Promise<void> => {
        const variables = { input: inputOf(name, typedIn, asker, 'idempotencyKey' in input.getFields()) };
        const answer = await askRaw(session, query, variables);
        if (answer.status === 401)
          return seen.note(`Mutation.${name}`, column, 'UNAUTHENTICATED', session.name);
        hear(session, answer.text);
        notice(
          JSON.parse(answer.text) as Answer,
          (key) => `Mutation.${key}`,
          (at, outcome, where) =>
            seen.note(at, column, outcome, `${session.name} at ${where} ${answer.text.slice(0, 300)}`),
        );
      };
      // Whoever may goes last, because what they change is not there to be tried any more.
      await inTurns(
        oneOfEach().filter(([column]) => !isPermitted(column)),
        tryIt,
      );
      for (const one of oneOfEach().filter(([column]) => isPermitted(column))) await tryIt(one);
    }
    expect(differences(matrix, seen, (field) => !field.includes(':'))).toEqual([]);
  }, 600_000);
});

describe('all that was answered (GUA-13, GUA-20, S-06)', () => {
  const mayKnow: readonly Column[] = [
    ...guardians,
    ...inCharge,
    'leaderUnnamed',
    'child',
    'caseWorker',
    'officer',
    'auditor',
  ];

  test('names no child to whom it is nothing', () => {
    // Whose parent asks the case worker a question, and whom the archivist holds.
    const askedAbout: Readonly<Record<string, string>> = {
      'staff.caseWorker as staff': 'F2.child',
      'archivist as staff': 'F9.child',
    };
    const strays = everybody.flatMap((one) =>
      children
        .filter((child) => !mayKnow.includes(standingOf(one, child)))
        .filter((child) => askedAbout[keyOf(one)] !== child)
        .filter((child) => told.get(keyOf(one))?.some((text) => text.includes(typedIn.ids.child[child]!)))
        .map((child) => `${keyOf(one)} was told of ${child}`),
    );
    expect(strays).toEqual([]);
  });

  test('names a hidden mother to herself, and to those who decide about her (ADR-04, ADR-19)', async () => {
    const hidden = await town.idOf('F6.mother');
    const knowing = [...told].filter(([, texts]) => texts.some((text) => text.includes(hidden)));
    const names = knowing.map(([name]) => name);
    const may = ['F6.mother as guardian', 'officer as staff', 'staff.schoolLeader as staff'];
    expect(names).toContain('F6.mother as guardian');
    expect(names.filter((name) => !may.includes(name))).toEqual([]);
  });
});
