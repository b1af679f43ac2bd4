import { type ActorVerifier, remoteActorVerifier } from '@ranselpost/kit/actor-token';
import type { Actor } from '@ranselpost/kit/pure/actor';
import type { IncomingHttpHeaders } from 'node:http';
import { type Routes, readTypeDefs, startSubgraph } from '@ranselpost/kit/subgraph';
import { noDatabase } from '@ranselpost/kit/testing/database';
import { testLife } from '@ranselpost/kit/testing/life';
import { freePort } from '@ranselpost/kit/testing/bus';

export interface SignInRequest {
  readonly actor: Actor;
  readonly body: unknown;
}

/** A subgraph over real HTTP with the committed SDL and the kit's own door; only what it answers is the test's. */
export interface TestSubgraph {
  readonly url: string;
  /** Who asked, in order, and the headers that came along. */
  readonly actors: Actor[];
  readonly headers: IncomingHttpHeaders[];
  /** Up to where each that asked had seen identity, in order. */
  readonly seen: (string | null)[];
  /** Says from now on up to where it shows identity. */
  shows(instant: string | null): void;
  stop(): Promise<void>;
}

export interface TestIdentity extends TestSubgraph {
  readonly signIns: SignInRequest[];
}

interface Options {
  readonly publicUrl: string;
  readonly resolvers: object;
  readonly port?: number;
}

export const personIds = {
  mother: '01900000-0000-7000-8000-000000000001',
  father: '01900000-0000-7000-8000-000000000002',
  teacher: '01900000-0000-7000-8000-000000000003',
} as const;
export const childIds = {
  older: '01900000-0000-7000-8000-000000000011',
  younger: '01900000-0000-7000-8000-000000000012',
} as const;
export const unitId = '01900000-0000-7000-8000-000000000021';

export async function startIdentity(
  options: Options & { readonly people: ReadonlyMap<string, string> },
): Promise<TestIdentity> {
  const signIns: SignInRequest[] = [];
  const started = await start('identity', options, (http, actorOf) => {
    http.post('/sign-in', async (request, reply) => {
      const body = request.body as Record<string, string>;
      signIns.push({ actor: actorOf(request), body });
      const personId = options.people.get(body['number'] ?? body['login'] ?? '');
      return personId === undefined ? reply.status(404).send({}) : reply.send({ personId });
    });
    http.post('/tablets/check', (_request, reply) => reply.send({}));
  });
  return { ...started, signIns };
}

export const startAttendance = (options: Options): Promise<TestSubgraph> => start('attendance', options);

/** What keeps files, and answers nothing else. */
export const startMessaging = (publicUrl: string, routes: Routes): Promise<TestSubgraph> =>
  start('messaging', { publicUrl, resolvers: {} }, routes);

/** The same. */
export const startPlacement = (publicUrl: string, routes: Routes): Promise<TestSubgraph> =>
  start('placement', { publicUrl, resolvers: {} }, routes);

async function start(
  name: string,
  { publicUrl, resolvers, port = 0 }: Options,
  routes?: Routes,
): Promise<TestSubgraph> {
  const life = testLife('error');
  let shows: string | null = null;
  const actors: Actor[] = [];
  const seen: (string | null)[] = [];
  const headers: IncomingHttpHeaders[] = [];
  const genuine = remoteActorVerifier(publicUrl, name, new URL('/.well-known/actor-keys', publicUrl));
  const verifyActor: ActorVerifier = async (token) => {
    const verified = await genuine(token);
    actors.push(verified.actor);
    seen.push(verified.seen);
    return verified;
  };
  const at = port === 0 ? await freePort() : port;
  await startSubgraph({
    host: '127.0.0.1',
    port: at,
    life,
    typeDefs: await readTypeDefs(
      new URL(`subgraphs/${name}/`, import.meta.resolve('@ranselpost/schema/supergraph.graphql')),
    ),
    resolvers,
    verifyActor,
    seeing: { say: async () => shows, await: async () => true },
    db: noDatabase(),
    context: (actor) => ({ actor }),
    routes: (http, actorOf) => {
      http.addHook('onRequest', async (request) => void headers.push(request.headers));
      routes?.(http, actorOf);
    },
  });
  return {
    ...{ url: `http://127.0.0.1:${at}/graphql`, actors, headers, seen, stop: life.stop },
    shows: (instant) => void (shows = instant),
  };
}

const unit = { __typename: 'Unit', id: unitId, name: 'Paraplyen skole', kind: 'SCHOOL' };
const children = [
  { id: childIds.older, name: { given: 'MILD', family: 'PARAPLY' } },
  { id: childIds.younger, name: { given: 'RASK', family: 'PARAPLY' } },
].map((child) => ({
  __typename: 'Child',
  ...child,
  guardians: [],
  enrolments: [{ id: `${child.id}-e`, unit, groups: [], from: '2026-08-01', to: null }],
}));

/** One mother with two children at one school, for whoever asks. */
export const identityResolvers = {
  Query: {
    viewer: (_parent: unknown, _args: unknown, { actor }: { actor: Actor }) => ({
      id: 'personId' in actor ? actor.personId : '',
      name: { given: 'STRIKKET', family: 'PARAPLY' },
      language: 'NB',
      children,
      roles: [],
    }),
    child: (_parent: unknown, { id }: { id: string }) => children.find((child) => child.id === id) ?? null,
    unit: () => unit,
  },
  Child: {
    __resolveReference: ({ id }: { id: string }) => children.find((child) => child.id === id) ?? null,
  },
  Unit: { __resolveReference: () => unit },
};

const absence = (childId: string) => ({
  id: `${childId}-a`,
  child: { id: childId },
  unit: { id: unitId },
  day: '2026-11-20',
  cause: 'SICK',
  reportedAt: '2026-11-20T06:45:00Z',
  ...{ isLate: false, correlationId: 'act', repeats: [] },
});
const page = (nodes: readonly object[]) => ({
  nodes,
  edges: nodes.map((node) => ({ node, cursor: 'YQ' })),
  pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
});

export const attendanceResolvers = {
  Child: {
    __resolveReference: ({ id }: { id: string }) => ({ id }),
    absences: ({ id }: { id: string }): unknown => page([absence(id)]),
  },
  Unit: {
    __resolveReference: ({ id }: { id: string }) => ({ id }),
    // The second is of a child that identity shows to nobody.
    absences: (): unknown => page([absence(childIds.older), absence('hidden')]),
  },
  Mutation: {
    reportAbsence: (
      _parent: unknown,
      { input: { places } }: { input: { places: { childId: string; unitId: string }[] } },
    ): unknown => ({
      __typename: 'AbsenceReported',
      outcomes: places.map(({ childId, unitId: id }) => ({
        ...{ child: { id: childId }, unit: { id }, absences: [absence(childId)] },
        ...{ knownDays: [], skippedDays: [] },
      })),
    }),
  },
};
