import { newId } from '@ranselpost/kit/ids';
import type { Actor, GuardianActor } from '@ranselpost/kit/pure/actor';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { signInGuardian } from '../usecases/sign-in.ts';
import { sortInformationRequests } from '../usecases/sort-information-requests.ts';
import { heldBy } from './harness.ts';
import { aNumber } from './numbers.ts';
import { type Answer, type TestService, startService } from './service.ts';
import { type Name, type World, openWorld } from './world.ts';

const shown = `id status question decidedAt isOpened answerGoneFrom complaintUntil complainedAt
  handling { state isProtected isArchived askerName isNamedByNumber childName childBirthDate letter complaint
    candidates { id name { given } birthDate isAskerParent isAskerHolder isAskerRestricted
      holders { value name { given } } places { unitName unitKind } }
    findings { childId standing proof voidBy isHarmful isSecret note } draft { ground text isMine } }`;
const request = `request { ${shown} }`;
const refusal = '... on Refusal { code message }';

/** The changes of the desk, each with its input's type. */
const mutations = {
  requestInformation: `... on InformationRequested { receipt ${request} }`,
  withdrawInformationRequest: `... on InformationRequestWithdrawn { ${request} }`,
  openInformationDecision: `... on InformationAnswer { text ${request} } ... on InformationRefusal { text aid complaintUntil ${request} }`,
  complainAboutInformationRequest: `... on InformationComplaintReceived { ${request} }`,
  checkInformationRequest: `... on InformationRequestHandled { ${request} }`,
  answerInformationRequest: `... on InformationRequestHandled { ${request} }`,
  refuseInformationRequest: `... on InformationRequestHandled { ${request} }`,
  releaseInformationDecision: `... on InformationRequestHandled { ${request} }`,
} as const;

export type DeskChange = keyof typeof mutations;

export interface Desk extends World {
  readonly service: TestService;
  /** A parent of the child `ours` by the register, who holds no responsibility: its mother does alone. */
  readonly asker: GuardianActor;
  readonly askerNumber: string;
  staff(name: Name): Actor;
  /** Makes a change over the graph, under a key of its own unless one is given. */
  change(actor: Actor, name: DeskChange, input: object): Promise<Answer>;
  read(actor: Actor, requestId: string): Promise<Answer>;
  queue(actor: Actor, filter?: 'OPEN' | 'CLOSED' | 'COMPLAINED'): Promise<Answer>;
  /** Somebody nobody has heard of, signed in. */
  stranger(): Promise<GuardianActor>;
  /** A question that has been sorted, about `ours` unless said; answers its id. */
  asked(actor?: Actor, input?: object): Promise<string>;
  /** The same, checked by the case worker. */
  checked(input?: object): Promise<string>;
  /** The same, decided and released: an answer, or a refusal on a ground. */
  decided(kind: 'ANSWER' | 'REFUSAL'): Promise<string>;
  sort(): Promise<number>;
  /** Takes back what the asker has open, so that there is room for more. */
  makeRoom(): Promise<void>;
}

export const question = 'Hvordan går det med ham på skolen denne høsten?';
const born = '2018-06-21';

/** A municipality with a desk: a father who asks, case workers, protection officers, and the subgraph over HTTP. */
export async function openDesk(): Promise<Desk> {
  const world = await openWorld();
  const service = await startService(world.deps);
  const askerNumber = aNumber();
  const signIn = async (number: string): Promise<GuardianActor> => {
    const known = await signInGuardian(world.deps, number);
    if (!known.ok) throw new Error('cannot sign in');
    return guardian(known.value.personId);
  };
  const asker = await signIn(askerNumber);
  await world.register({
    number: world.number.ours,
    birthDate: born,
    name: { given: 'KULERUND', middle: null, family: 'SYKKELPUMPE' },
    responsibilities: heldBy('mor', world.number.mother),
    otherParents: [{ number: askerNumber, role: 'far' }],
  });

  // The mother of the child works for the municipality, as a case worker.
  await world.database.admin`
    insert into municipal_role (role_id, person_id, role, from_day, to_day, source)
    values (${newId()}, ${world.id.mother}, 'CASE_WORKER', '2026-08-01', null, 'roster')`;
  const change: Desk['change'] = (actor, name, input) =>
    service.ask(
      actor,
      `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) {
        result: ${name}(input: $input) { __typename ${refusal} ${mutations[name]} } }`,
      { input: { idempotencyKey: newId(), ...input } },
    );
  const sort = () => sortInformationRequests(world.deps);
  const worker = staff(world.id.caseWorker);
  const asked: Desk['asked'] = async (actor = asker, input = {}) => {
    const answer = await change(actor, 'requestInformation', { ...aQuestion(world.number.ours), ...input });
    if (outcome(answer) !== 'InformationRequested') throw new Error(`cannot ask: ${outcome(answer)}`);
    await sort();
    return answer.data.result.request.id as string;
  };
  const checked: Desk['checked'] = async (input = {}) => {
    const requestId = await asked();
    await change(worker, 'checkInformationRequest', { requestId, childId: world.id.ours, ...input });
    return requestId;
  };
  return {
    ...world,
    service,
    asker,
    askerNumber,
    stranger: () => signIn(aNumber()),
    staff: (name) => staff(world.id[name]),
    change,
    sort,
    asked,
    checked,
    read: (actor, id) =>
      service.ask(actor, `query ($id: ID!) { informationRequest(id: $id) { ${shown} } }`, { id }),
    queue: (actor, filter = 'OPEN') =>
      service.ask(
        actor,
        `query ($filter: InformationRequestFilter) { informationRequests(filter: $filter) { nodes { ${shown} } } }`,
        { filter },
      ),
    decided: async (kind) => {
      const requestId = await checked(kind === 'ANSWER' ? {} : { isHarmful: true });
      if (kind === 'ANSWER')
        await change(worker, 'answerInformationRequest', { requestId, text: 'Han trives.' });
      else
        await change(worker, 'refuseInformationRequest', {
          ...{ requestId, ground: 'HARM', reasons: 'Barnet er redd for det.' },
        });
      await change(worker, 'releaseInformationDecision', { requestId });
      return requestId;
    },
    makeRoom: async () => {
      const list = '{ viewer { informationRequests { nodes { id status } } } }';
      const { nodes } = (await service.ask(asker, list)).data.viewer.informationRequests;
      for (const { id, status } of nodes)
        if (status === 'RECEIVED') await change(asker, 'withdrawInformationRequest', { requestId: id });
    },
    close: async () => {
      await service.close();
      await world.close();
    },
  };
}

/** A question about somebody with a number. */
export const aQuestion = (childNumber: string) => ({
  ...{ scope: 'SCHOOL', childNumber, askerName: 'Seig Termos', question },
});

/** What a change answered: the type, with the code of a refusal, or of a failure. */
export const outcome = ({ data, errors }: Answer): string =>
  errors?.[0]?.extensions.code ?? [data.result.__typename, data.result.code].filter(Boolean).join(' ');
