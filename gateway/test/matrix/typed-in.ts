import { schoolDayAhead } from '@ranselpost/infra/visitor/absences';
import { buildPopulation, goldenByName, goldenUnits } from '@ranselpost/infra/simulators/population/index';
import type { Visitor } from '@ranselpost/infra/visitor/visitor';
import { newId } from '@ranselpost/kit/ids';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { inject } from 'vitest';
import { daysAhead, report } from '../journeys/absences.ts';
import type { Town } from '../journeys/town.ts';
import { children, protectedOrRestricted, withSomethingOpen } from './who-is-who.ts';

const decided = `__typename ... on Refusal { code message }
  ... on Decided { proposal { id state restriction { id } } }`;
const decide = (name: string): string =>
  `mutation ($input: ${name[0]!.toUpperCase()}${name.slice(1)}Input!) { result: ${name}(input: $input) { ${decided} } }`;

interface Result {
  readonly __typename: string;
  readonly proposal?: {
    readonly id: string;
    readonly state: string;
    readonly restriction: { readonly id: string } | null;
  };
  readonly code?: string;
}

async function must(visitor: Visitor, name: string, input: object): Promise<NonNullable<Result['proposal']>> {
  const { data, codes } = await visitor.ask<{ result: Result }>(decide(name), { input });
  if (data?.result.proposal === undefined)
    throw new Error(`${name} was not done: ${data?.result.code ?? codes.join()}`);
  return data.result.proposal;
}
const withKey = (input: object): object => ({ ...input, idempotencyKey: newId() });

/** Teachers without a golden name at a school where no golden child is, who are no guardians of anybody. */
function spareStaff(): readonly string[] {
  const size = { children: inject('stack').children, seed: 1 };
  const { staff, memberships, children: all } = buildPopulation(size);
  const holders = new Set(all.flatMap((child) => child.responsibilities.map(({ holder }) => holder)));
  const golden = [goldenUnits.school, goldenUnits.otherSchool].map(({ unit }) => unit);
  return staff
    .filter(({ person, title }) => title === 'contact teacher' && !holders.has(person))
    .filter(({ person }) =>
      memberships.every(
        ({ person: who, target }) =>
          who !== person || !golden.includes('unit' in target ? target.unit : target),
      ),
    )
    .map(({ feide }) => feide);
}

/** The name that somebody of the golden staff signs in by. */
const loginOf = (name: string): string =>
  buildPopulation({ children: inject('stack').children, seed: 1 }).staff.find(
    ({ person }) => person === goldenByName.get(name),
  )!.feide;

/** The name that the contact teacher of a golden child signs in by. */
function contactTeacherOf(name: string): string {
  const { staff, memberships } = buildPopulation({ children: inject('stack').children, seed: 1 });
  const child = goldenByName.get(name);
  const groups = memberships.filter(({ person }) => person === child).map(({ target }) => target);
  const teacher = memberships.find(({ role, target }) => role === '06' && groups.includes(target))?.person;
  return staff.find(({ person }) => person === teacher)!.feide;
}

export interface Ids {
  readonly child: Readonly<Record<string, string>>;
  readonly unit: Readonly<Record<'school' | 'afterSchool' | 'kindergarten', string>>;
  /** The groups of a child, by its name. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly absences: readonly { readonly child: string; readonly unit: Place; readonly id: string }[];
  readonly messages: readonly {
    readonly child: string;
    readonly unit: Place;
    readonly threadId: string;
    readonly id: string;
    readonly attachmentId: string;
  }[];
  readonly restriction: string;
  readonly grandmother: string;
  readonly heldGrant: string;
  readonly workItem: string;
  readonly rejectedProposal: string;
  readonly rosterRole: string;
  readonly substituteRole: string;
  /** That the school's office is named for the hidden child. */
  readonly naming: string;
  readonly request: string;
  readonly hold: string;
  /** Something that was stated of a feature at the school, and how to reach the school. */
  readonly featureAct: string;
  readonly contact: object;
  /** A case by which the absence of F1's older child is followed up, with a step to be done. */
  readonly followUp: { readonly id: string; readonly stepId: string };
}
export type Place = 'school' | 'afterSchool' | 'kindergarten';

export interface TypedIn {
  readonly ids: Ids;
  /** The names that those without a golden one sign in by. */
  readonly logins: Readonly<Record<string, string>>;
  /** Takes back what would change another journey. */
  takeBack(): Promise<void>;
}

/** Makes the town one that has somebody of every column of the matrix, through the graph alone. */
export async function typeIn(town: Town): Promise<TypedIn> {
  const [administrator, second, leader, mother, fatherOfF2] = await Promise.all([
    town.visit('staff', 'staff.administrator'),
    town.visit('staff', 'staff.secondAdministrator'),
    town.visit('staff', 'staff.schoolLeader'),
    town.visit('guardian', 'F1.mother'),
    town.visit('guardian', 'F2.father'),
  ]);
  const [substitute, officer, auditor, archivist, support] = spareStaff();
  const logins = {
    substitute: substitute!,
    officer: officer!,
    auditor: auditor!,
    archivist: archivist!,
    support: support!,
    teacherOfTheHidden: contactTeacherOf('F6.child'),
  };
  const kinds = {
    ...{
      officer: 'PROTECTION_OFFICER',
      auditor: 'PRIVACY_OFFICER',
      archivist: 'ARCHIVIST',
      support: 'SUPPORT',
    },
  };
  for (const [name, role] of Object.entries(kinds)) {
    const login = logins[name as keyof typeof kinds];
    const wish = { login, role, from: daysAhead(0), to: daysAhead(30), reason: 'The matrix is tried.' };
    const { id } = await must(administrator, 'assignRole', withKey(wish));
    await must(second, 'approveProposal', { proposalId: id });
  }
  const found = await idsOf(town);
  await closeWhatIsLeft(town, found.child);
  const { child, unit } = found;
  const reviewOn = daysAhead(60);
  const ofUnit = { authority: 'UNIT', reviewOn };
  const impose = async (name: string, adult: string, kind: string): Promise<string> => {
    const input = { childId: child[name], adultId: await town.idOf(adult), kind, ...ofUnit };
    return (await must(leader, 'imposeRestriction', withKey(input))).restriction!.id;
  };
  const ban = await impose('F7.child', 'F7.father', 'CONTACT_BAN');
  const mayNotFetch = await impose('F12.child', 'F12.father', 'MAY_NOT_FETCH');
  const grandmother = await town.idOf('F4.grandmother');
  const rejected = await must(
    leader,
    'grantAccess',
    withKey({
      ...{ childId: child['F4.child'], adultId: grandmother, ground: 'APPOINTED_GUARDIAN' },
      ...{ endsOn: daysAhead(30), proof: 'The matrix is tried.' },
    }),
  );
  await must(leader, 'rejectProposal', { proposalId: rejected.id });
  const days = { from: daysAhead(0), to: daysAhead(9) };
  const naming = {
    childId: child['F6.child'],
    login: loginOf('staff.schoolOffice'),
    ...days,
    reason: 'The matrix is tried.',
  };
  const proposed = await must(leader, 'nameStaff', withKey(naming));
  await must(await town.visit('staff', logins.officer), 'approveProposal', { proposalId: proposed.id });

  const [group] = found.groups['F1.older']!;
  const standIn = { login: substitute, role: 'TEACHER', unitId: unit.school, groupId: group };
  await must(leader, 'assignSubstitute', withKey({ ...standIn, from: daysAhead(0), to: daysAhead(5) }));

  const absences = [];
  for (const [who, name, place] of [
    ['F1.mother', 'F1.older', 'school'],
    ['F3.mother', 'F3.shared', 'school'],
    ['F7.mother', 'F7.child', 'school'],
    ['F2.mother', 'F2.child', 'school'],
    ['F12.mother', 'F12.child', 'afterSchool'],
    ['F1.mother', 'F1.younger', 'kindergarten'],
  ] as const) {
    const visitor = who === 'F1.mother' ? mother : await town.visit('guardian', who);
    const input = { childId: child[name]!, unitId: unit[place], day: dayOfAbsence(), cause: 'OTHER' };
    const { data } = await report(visitor, { ...input, idempotencyKey: newId() });
    absences.push({ child: name, unit: place, id: data!.reportAbsence!.absence!.id });
  }

  const messages = await messagesSent(town, { child, unit });

  const asked = await fatherOfF2.ask<{ result: { request: { id: string } } }>(
    `mutation ($input: RequestInformationInput!) { result: requestInformation(input: $input) {
      ... on InformationRequested { request { id } } } }`,
    {
      input: withKey({
        ...{ scope: 'SCHOOL', childNumber: goldenByName.get('F2.child')!.number, askerName: 'En far' },
        question: 'Hvordan går det?',
      }),
    },
  );
  const request = asked.data!.result.request.id;
  const sql = town.look('identity');
  const one = async (rows: Promise<readonly Record<string, string>[]>): Promise<string> =>
    Object.values((await rows)[0]!)[0]!;
  const ids: Ids = {
    ...found,
    hold: await holdPlaced(await town.visit('staff', logins.archivist), child['F9.child']!),
    ...{ absences, messages, grandmother, request, restriction: ban, rejectedProposal: rejected.id },
    ...(await atTheSchool(leader, unit.school)),
    followUp: await followedUp(leader, child['F1.older']!),
    heldGrant: await one(
      sql`select grant_id from access_grant where child_id = ${child['F4.child']!} and state = 'PENDING'`,
    ),
    workItem: await one(
      sql`select work_item_id from work_item where child_id = ${child['F4.child']!} and closed_at is null`,
    ),
    naming: await one(
      sql`select naming_id from staff_naming where child_id = ${child['F6.child']!} order by naming_id desc limit 1`,
    ),
    rosterRole: await one(
      sql`select role_id from staff_role where unit_id = ${unit.school} and role = 'ADMINISTRATOR'`,
    ),
    substituteRole: await one(
      sql`select role_id from staff_role where unit_id = ${unit.school} and group_id = ${group!} and role = 'TEACHER'
        order by from_day desc limit 1`,
    ),
  };
  await onTheTable(await town.visit('staff', 'staff.caseWorker'), request);

  return {
    ids,
    logins,
    takeBack: async () => {
      const reason = 'The matrix was tried.';
      for (const restrictionId of [ban, mayNotFetch])
        await must(leader, 'liftRestriction', withKey({ restrictionId, reason }));
      // Whoever may end it has been tried to.
      await leader.ask(decide('endNaming'), { input: withKey({ namingId: ids.naming }) });
      await must(leader, 'endRole', withKey({ roleId: ids.substituteRole }));
      const roles = await sql<{ role_id: string }[]>`
        select role_id from municipal_role where role = any (${Object.values(kinds)}) and to_day > current_date`;
      for (const { role_id: roleId } of roles) await must(administrator, 'endRole', withKey({ roleId }));
      await fatherOfF2.ask(
        `mutation ($input: WithdrawInformationRequestInput!) { withdrawInformationRequest(input: $input) { __typename } }`,
        { input: withKey({ requestId: request }) },
      );
    },
  };
}

/** Other journeys leave work behind; a child whose case counts as closed has none. */
async function closeWhatIsLeft(town: Town, child: Readonly<Record<string, string>>): Promise<void> {
  const open = [...withSomethingOpen, ...protectedOrRestricted];
  const done = Object.entries(child).flatMap(([name, id]) => (open.includes(name) ? [] : [id]));
  const left = await town.look('identity')<{ work_item_id: string }[]>`
    select work_item_id from work_item where child_id = any (${done}) and closed_at is null`;
  const caseWorker = await town.visit('staff', 'staff.caseWorker');
  for (const { work_item_id: workItemId } of left)
    await must(caseWorker, 'closeWorkItem', withKey({ workItemId, reason: 'The matrix is tried.' }));
}

/** A hold that is lifted when that is tried; and everybody has been looked at once, which a new town waits for. */
async function holdPlaced(archivist: Visitor, personId: string): Promise<string> {
  const { data } = await archivist.ask<{ result: { hold: { id: string } } }>(
    `mutation ($input: PlaceRetentionHoldInput!) { result: placeRetentionHold(input: $input) { ... on RetentionHeld { hold { id } } } }`,
    {
      input: withKey({ personId, kind: 'INSIGHT', reason: 'The matrix is tried.', reviewOn: daysAhead(30) }),
    },
  );
  await eventually(async () => {
    const { codes } = await archivist.ask('{ retentionReport { day } }');
    if (codes.length > 0) throw new Error('nobody has been looked at yet');
  }, 120_000);
  return data!.result.hold.id;
}

const aDocument = Buffer.from('%PDF-1.7\n1 0 obj <</Type/Catalog>> endobj\ntrailer <<>>\n%%EOF\n');

/** What a guardian of each of some children has written to where it is, to nobody else at home. */
async function messagesSent(
  town: Town,
  { child, unit }: Pick<Ids, 'child' | 'unit'>,
): Promise<Ids['messages']> {
  const sent: Ids['messages'][number][] = [];
  for (const [who, name, place] of [
    ['F1.mother', 'F1.older', 'school'],
    ['F2.mother', 'F2.child', 'school'],
    ['F3.mother', 'F3.shared', 'school'],
    ['F7.mother', 'F7.child', 'school'],
    ['F12.father', 'F12.child', 'school'],
    ['F12.father', 'F12.child', 'afterSchool'],
    ['F1.mother', 'F1.younger', 'kindergarten'],
  ] as const) {
    const visitor = await town.visit('guardian', who);
    const { id: attachmentId } = await visitor.sendFile('Plan.pdf', aDocument);
    const { data, codes } = await visitor.ask<{
      result: { sent?: { id: string; thread: { id: string } }; code?: string };
    }>(
      `mutation ($input: StartThreadInput!) { result: startThread(input: $input) {
        ... on MessageSent { sent { id thread { id } } } ... on Refusal { code } } }`,
      {
        input: withKey({
          ...{ childIds: [child[name]], unitId: unit[place] },
          ...{ subject: 'Matrisen', text: 'The matrix is tried.', attachmentIds: [attachmentId] },
        }),
      },
    );
    const message = data?.result.sent;
    if (message === undefined) throw new Error(`${who} sent nothing: ${data?.result.code ?? codes.join()}`);
    sent.push({ child: name, unit: place, id: message.id, threadId: message.thread.id, attachmentId });
  }
  return sent;
}

/** States of a feature at a school what is so already, and reads how the school is reached. */
async function atTheSchool(leader: Visitor, unitId: string): Promise<Pick<Ids, 'featureAct' | 'contact'>> {
  const place = { feature: 'HEALTH_CARD', place: { unitIds: [unitId] }, state: 'CLOSED' };
  const { data } = await leader.ask<{ result: { act: { id: string } } }>(
    `mutation ($input: SetFeatureInput!) { result: setFeature(input: $input) { ... on FeatureDirected { act { id } } } }`,
    { input: withKey({ ...place, reason: 'The matrix is tried.' }) },
  );
  const reached = await leader.ask<{ unit: { contact: object } }>(
    `query ($id: ID!) { unit(id: $id) { contact { phone email openingHours } } }`,
    { id: unitId },
  );
  return { featureAct: data!.result.act.id, contact: reached.data!.unit.contact };
}

async function followedUp(leader: Visitor, childId: string): Promise<Ids['followUp']> {
  const shown = '... on FollowUpChanged { followUp { id } }';
  const { data } = await leader.ask<{ result: { followUp: { id: string } } }>(
    `mutation ($input: OpenFollowUpInput!) { result: openFollowUp(input: $input) { ${shown} } }`,
    { input: { childId, kind: 'LONG_ABSENCE' } },
  );
  const { id } = data!.result.followUp;
  const step = { id: newId(), followUpId: id, kind: 'MEETING', dueOn: daysAhead(9), responsible: 'LEADER' };
  await leader.ask(
    `mutation ($input: AddFollowUpStepInput!) { result: addFollowUpStep(input: $input) { ${shown} } }`,
    { input: step },
  );
  return { id, stepId: step.id };
}

/** A day that no other journey reports, and which is asked about below. */
export const dayOfAbsence = (): string => schoolDayAhead(7);

/** Ids that nobody may be able to ask for, as an administrator of the database sees them. */
async function idsOf(town: Town): Promise<Pick<Ids, 'child' | 'unit' | 'groups'>> {
  const sql = town.look('identity');
  const { school, kindergarten } = goldenUnits;
  const unitOf = async ({ name }: { readonly name: string }): Promise<string> => {
    const [row] = await sql<{ unit_id: string }[]>`select unit_id from unit where name = ${name}`;
    return row!.unit_id;
  };
  const child = Object.fromEntries(
    await Promise.all(children.map(async (name) => [name, await town.idOf(name)] as const)),
  );
  const rows = await sql<{ child_id: string; group_ids: string[] }[]>`
    select child_id, group_ids from enrolment where child_id = any (${Object.values(child)}) and to_day is null`;
  const groupsOf = (id: string) => rows.filter((row) => row.child_id === id).flatMap((row) => row.group_ids);
  return {
    child,
    unit: {
      school: await unitOf(school.unit),
      afterSchool: await unitOf(school.afterSchool),
      kindergarten: await unitOf(kindergarten),
    },
    groups: Object.fromEntries(Object.entries(child).map(([name, id]) => [name, groupsOf(id)])),
  };
}

/** What a parent asks has been sorted onto a table, so that staff find it there. */
const onTheTable = (worker: Visitor, requestId: string): Promise<void> =>
  eventually(async () => {
    const query = `query ($id: ID!) { informationRequest(id: $id) { id } }`;
    const { data } = await worker.ask<{ informationRequest: object | null }>(query, { id: requestId });
    if (!data?.informationRequest) throw new Error('it is on no table yet');
  }, 30_000);
