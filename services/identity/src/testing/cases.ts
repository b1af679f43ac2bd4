import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { heldBy } from './harness.ts';
import { aNumber } from './numbers.ts';
import { type Outsider, outsiders } from './outsiders.ts';
import { type Answer, type TestService, startService } from './service.ts';
import { type Name, type World, openWorld } from './world.ts';

/** A child at the school whose responsibility was given to a grandmother, who waits for staff (F4). */
export interface Given {
  readonly childId: string;
  readonly grandmother: string;
  readonly grandmotherId: string;
  readonly grantId: string;
  readonly itemId: string;
}

export interface Cases extends World {
  readonly service: TestService;
  /** Asks for a decision by the mutation's name, as staff of that name or anybody. */
  decide(who: Name | Actor, mutation: string, input: object): Promise<Answer>;
  ask(who: Name | Actor, query: string, variables?: object): Promise<Answer>;
  given(): Promise<Given>;
  /** A pupil of the school with a number, nothing read of it yet. */
  pupil(number: string): Promise<string>;
  /** Imposes a contact ban as the leader, and answers its id. */
  banned(childId: string, adultId: string, authority?: string): Promise<string>;
  /** How many rows there are of everything that a decision may write. */
  counts(): Promise<Readonly<Record<string, string>>>;
}

const selection = `... on Decided { proposal { id kind state isOwn needsSecondPerson reason adult { id }
    case { child { id } } restriction { id kind } grant { id state } } }
  ... on ProposalStands { code message proposal { id } } ... on DecisionRefused { code message }`;

/** The familiar world behind its subgraph, for deciding in it over HTTP. */
export async function openCases(): Promise<Cases> {
  const world = await openWorld();
  const service = await startService(world.deps);
  const actorOf = (who: Name | Actor): Actor => (typeof who === 'string' ? staff(world.id[who]) : who);
  const decide: Cases['decide'] = async (who, mutation, input) => {
    const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { it: ${mutation}(input: $input) { ${selection} } }`;
    return service.ask(actorOf(who), query, { input });
  };
  const pupil = async (number: string): Promise<string> => {
    const childId = await world.child(number);
    await world.database.admin`
      insert into enrolment values (gen_random_uuid(), ${childId}, ${world.unit['school']!}, '{}', '2026-08-01', null)`;
    return childId;
  };
  return {
    ...world,
    service,
    decide,
    pupil,
    ask: (who, query, variables) => service.ask(actorOf(who), query, variables),
    given: () => givenToOthers(world, pupil),
    banned: async (childId, adultId, authority = 'UNIT') =>
      proposalOf(await decide('leader', 'imposeRestriction', ban(childId, adultId, { authority })))
        .restriction.id,
    counts: async () =>
      (
        await world.database.admin<Record<string, string>[]>`
          select (select count(*) from proposal) as proposals, (select count(*) from restriction) as restrictions,
            (select count(*) from restriction where lifted_at is null) as in_force,
            (select count(*) from access_grant where state = 'ACTIVE') as active,
            (select count(*) from municipal_role) as roles, (select count(*) from staff_role) as local,
            (select count(*) from work_item where closed_at is null) as items`
      )[0]!,
    close: async () => {
      await service.close();
      await world.close();
    },
  };
}

async function givenToOthers(world: World, pupil: Cases['pupil']): Promise<Given> {
  const [number, grandmother] = [aNumber(), aNumber()];
  const childId = await pupil(number);
  const named = (name: string) => ({ name: { given: name, middle: null, family: 'SYKKELPUMPE' } });
  await world.register({
    ...{ number, birthDate: '2018-06-21', ...named('LEK') },
    responsibilities: heldBy('andre', grandmother),
  });
  await world.register({ number: grandmother, ...named('BESTE') });
  const [grant] = await world.database
    .admin`select grant_id, person_id from access_grant where child_id = ${childId}`;
  const [item] = await world.database.admin`select work_item_id from work_item where child_id = ${childId}`;
  return {
    ...{ childId, grandmother, grandmotherId: grant!['person_id'] as string },
    ...{ grantId: grant!['grant_id'] as string, itemId: item!['work_item_id'] as string },
  };
}

/** A question under a key that nobody has used. */
export const keyed = <Input extends object>(input: Input) => ({ ...input, idempotencyKey: newId() });

export const ban = (childId: string, adultId: string, more: object = {}) =>
  keyed({
    ...{
      childId,
      adultId,
      kind: 'CONTACT_BAN',
      authority: 'UNIT',
      reviewOn: '2027-05-01',
      note: 'Rang skolen',
    },
    ...more,
  });

/** What was decided. Throws where nothing was. */
export function proposalOf({ data, errors }: Answer) {
  if (data?.it?.proposal === undefined) throw new Error(`not decided: ${JSON.stringify(errors ?? data)}`);
  return data.it.proposal;
}
export const refusalOf = ({ data }: Answer): string => data.it.code;

export const notFound = { data: null, errors: [{ extensions: { code: 'NOT_FOUND' } }] };

/** Everybody who has no part in deciding about the child `ours`: those who see nothing of it, and those who see it. */
export const bystanders: readonly Outsider[] = [
  ...outsiders,
  ['the child’s own guardian', ({ id }) => guardian(id.mother)],
  ['its other guardian', ({ id }) => guardian(id.father)],
  ['the contact teacher', ({ id }) => staff(id.teacher)],
  ['the office of the school', ({ id }) => staff(id.office)],
  ['a teacher who is its father', ({ id }) => staff(id.father)],
];
