import { addDays } from '@ranselpost/kit/pure/dates';
import { buildPopulation, goldenStaff } from '../../simulators/population/index.ts';
import { Visitor } from '../../visitor/visitor.ts';
import { DidNotHold, hold } from '../story.ts';
import { aKey, today, tomorrow } from './graph.ts';

/** Staff who decide, each in a session of their own. */
export interface TownHall {
  readonly leader: Visitor;
  readonly caseWorker: Visitor;
  readonly administrators: readonly [Visitor, Visitor];
  /** A clerk of the school's office, who is made a protection officer, or a second case worker, for as long as the story needs one. */
  readonly clerk: Visitor;
}

export async function enterTownHall(gateway: string): Promise<TownHall> {
  const [leader, caseWorker, one, other, clerk] = await Promise.all(
    (['schoolLeader', 'caseWorker', 'administrator', 'secondAdministrator', 'schoolOffice'] as const).map(
      (who) => Visitor.signedIn(gateway, 'staff', goldenStaff[who].number),
    ),
  );
  return { leader: leader!, caseWorker: caseWorker!, administrators: [one!, other!], clerk: clerk! };
}

/** What somebody is answered who decides: done, waiting for a second person, or refused with a code. */
export interface Decision {
  readonly code?: string;
  readonly proposal?: {
    readonly id: string;
    readonly state: 'WAITING' | 'APPLIED' | 'REJECTED' | 'EXPIRED';
    readonly restriction: { readonly id: string } | null;
  };
}

const selection = `__typename ... on Decided { proposal { id state restriction { id } } }
  ... on ProposalStands { proposal { id state restriction { id } } } ... on Refusal { code }`;

/** Decides by the mutation's name. A key of its own makes that it is decided once. */
export async function decide(who: Visitor, mutation: string, input: object): Promise<Decision> {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const { data, codes } = await who.ask<{ it: Decision | null }>(
    `mutation Decide($input: ${type}!) { it: ${mutation}(input: $input) { ${selection} } }`,
    { input },
  );
  if (data?.it == null) throw new DidNotHold(`${mutation} gave ${codes.join(', ')}`);
  return data.it;
}
export const decideOnce = (who: Visitor, mutation: string, input: object): Promise<Decision> =>
  decide(who, mutation, { ...input, idempotencyKey: aKey() });

/** Proposes what takes two. Answers the proposal that waits: also the one that an earlier evening left. */
export async function propose(who: Visitor, mutation: string, input: object): Promise<string> {
  const { proposal, code } = await decideOnce(who, mutation, input);
  if (proposal?.state !== 'WAITING') throw new DidNotHold(`${mutation} does not wait for a second: ${code}`);
  return proposal.id;
}

export async function approve(who: Visitor, proposalId: string): Promise<void> {
  const { proposal, code } = await decide(who, 'approveProposal', { proposalId });
  hold(proposal?.state === 'APPLIED', `the second person was refused: ${code}`);
}

/** The same human says both: that is one person. */
export async function cannotApproveAlone(who: Visitor, proposalId: string): Promise<void> {
  const { code } = await decide(who, 'approveProposal', { proposalId });
  hold(code === 'PROPOSAL_OWN', `somebody approved their own proposal (${code ?? 'no refusal'})`);
}

const clerksLogin = (): string => {
  const { staff } = buildPopulation({ children: 0, seed: 1 });
  return staff.find(({ person }) => person === goldenStaff.schoolOffice)!.feide;
};

const forADay = ['PROTECTION_OFFICER', 'CASE_WORKER'] as const;

/** Gives the clerk a role for today: one administrator proposes, the other approves. */
export async function appoint(
  { administrators: [one, other] }: TownHall,
  role: (typeof forADay)[number],
): Promise<void> {
  const { proposal, code } = await decideOnce(one, 'assignRole', {
    ...{ login: clerksLogin(), role, from: today(), to: tomorrow() },
    reason: 'The demo',
  });
  if (code === 'ROLE_HELD') return;
  if (proposal === undefined) throw new DidNotHold(`the clerk could not be given a role: ${code}`);
  await cannotApproveAlone(one, proposal.id);
  await approve(other, proposal.id);
}

const roles = `{ municipalRoles(first: 100) { nodes { id login kind to } } }`;

/** Ends the clerk's roles again, where they are for a day. */
export async function dismiss({ administrators: [one] }: TownHall): Promise<void> {
  const { data } = await one.ask<{
    municipalRoles: {
      readonly nodes: readonly { id: string; login: string | null; kind: string; to: string | null }[];
    } | null;
  }>(roles);
  const held = (data?.municipalRoles?.nodes ?? []).filter(
    ({ login, kind, to }) =>
      login === clerksLogin() && forADay.some((role) => role === kind) && to === tomorrow(),
  );
  for (const { id: roleId } of held) await decideOnce(one, 'endRole', { roleId });
}

/** A child as those meet it who decide about access to it. */
export interface Case {
  readonly child: { readonly id: string; readonly name: { readonly given: string } | null };
  readonly grants: readonly {
    readonly id: string;
    readonly adult: { readonly id: string; readonly name: { readonly given: string } | null };
    readonly state: 'PENDING' | 'ACTIVE' | 'SUSPENDED' | 'ENDED';
    readonly holds: readonly string[];
  }[];
  readonly restrictions: readonly { readonly id: string; readonly note: string | null }[];
}
export const caseFields = `child { id name { given } } grants { id adult { id name { given } } state holds }
  restrictions { id note }`;

export async function caseOf(who: Visitor, childId: string): Promise<Case> {
  const { data, codes } = await who.ask<{ guardianshipCase: Case | null }>(
    `query Case($childId: ID!) { guardianshipCase(childId: $childId) { ${caseFields} } }`,
    { childId },
  );
  if (data?.guardianshipCase == null) throw new DidNotHold(`the case gave ${codes.join(', ')}`);
  return data.guardianshipCase;
}

/** By which the demo knows the restrictions that are its own. */
export const restrictionNote = 'The demo, and nobody’s real decision.';

/** Takes access away. One person is enough, and it counts when this has answered. */
export async function restrict(
  { leader }: TownHall,
  childId: string,
  restriction: { readonly kind: string; readonly authority: string; readonly adultId?: string },
): Promise<string> {
  const reviewOn = addDays(today(), 60);
  const { proposal, code } = await decideOnce(leader, 'imposeRestriction', {
    ...{ childId, ...restriction, reviewOn, note: restrictionNote },
  });
  if (proposal?.restriction == null) throw new DidNotHold(`nothing was restricted: ${code}`);
  return proposal.restriction.id;
}

/** Lifts what others than the school have ordered: the leader proposes, the clerk approves. */
export async function lift({ leader, clerk }: TownHall, restrictionId: string): Promise<void> {
  await approve(clerk, await propose(leader, 'liftRestriction', { restrictionId, reason: 'The demo' }));
}
