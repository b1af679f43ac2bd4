import { buildPopulation } from '@ranselpost/infra/simulators/population/index';
import type { Visitor } from '@ranselpost/infra/visitor/visitor';
import { newId } from '@ranselpost/kit/ids';
import { addDays, localDateAt } from '@ranselpost/kit/pure/dates';
import { inject } from 'vitest';
import type { Town } from './town.ts';

const decided = `__typename ... on Decided { proposal { id } } ... on Refusal { code }`;
const assign = `mutation ($input: AssignRoleInput!) { result: assignRole(input: $input) { ${decided} } }`;
const approve = `mutation ($input: ApproveProposalInput!) { result: approveProposal(input: $input) { ${decided} } }`;

/** Case workers whom no story names, by their logins. */
function caseWorkers(): readonly string[] {
  const { staff } = buildPopulation({ children: inject('stack').children, seed: 1 });
  return staff.filter(({ title }) => title === 'case worker').map(({ feide }) => feide.toLowerCase());
}

/** A case worker who is no protection officer beside, for what takes two. */
export const anotherCaseWorker = (town: Town): Promise<Visitor> => town.visit('staff', caseWorkers()[2]!);

/**
 * Two protection officers, signed in: of the case workers whom no other journey visits. One administrator proposes each,
 * the other approves.
 */
export async function protectionOfficers(town: Town): Promise<readonly [Visitor, Visitor]> {
  const [one, other] = [
    await town.visit('staff', 'staff.administrator'),
    await town.visit('staff', 'staff.secondAdministrator'),
  ];
  const logins = caseWorkers();
  const holders = await town.look('identity')<{ login: string }[]>`
    select login from staff_login join municipal_role using (person_id) where role = 'PROTECTION_OFFICER'`;
  const today = localDateAt(new Date());
  const officers = logins.slice(0, 2);
  for (const login of officers.filter((one) => !holders.some((holder) => holder.login === one))) {
    const role = { login, role: 'PROTECTION_OFFICER', from: today, to: addDays(today, 30) };
    const proposed = await change(one, assign, { ...role, reason: 'Trengs', idempotencyKey: newId() });
    const approved = await change(other, approve, { proposalId: proposed.proposal?.id });
    if (approved.__typename !== 'Decided') throw new Error(`not approved: ${approved.code}`);
  }
  const [first, second] = await Promise.all(officers.map((login) => town.visit('staff', login)));
  return [first!, second!];
}

interface Result {
  readonly __typename: string;
  readonly proposal?: { readonly id: string };
  readonly code?: string;
}

const change = async (visitor: Visitor, query: string, input: object): Promise<Result> =>
  (await visitor.ask<{ result: Result }>(query, { input })).data!.result;
