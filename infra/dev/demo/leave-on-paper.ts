import { goldenFamilies } from '../../simulators/population/index.ts';
import { act } from '../../visitor/register.ts';
import type { Visitor } from '../../visitor/visitor.ts';
import type { Say } from '../say.ts';
import { DidNotHold, hold, until } from '../story.ts';
import { aKey, tomorrow } from './graph.ts';
import { byPostMs, lettersAt } from './letter.ts';
import { type Morning, pupilsOf, toldOf } from './morning.ts';
import { ms } from './scene.ts';

const { F12 } = goldenFamilies;

const apply = `mutation Apply($input: ApplyForLeaveInput!) { it: applyForLeave(input: $input) {
  __typename ... on LeaveApplied { leave { id } } ... on Refusal { code } } }`;
const open = `mutation Open($input: OpenLeaveDecisionInput!) { it: openLeaveDecision(input: $input) {
  __typename ... on LeaveDecisionOpened { text complaintUntil } ... on Refusal { code } } }`;
const waiting = `query Waiting($id: ID!) { unit(id: $id) { waitingLeaves(first: 100) { nodes { id } } } }`;
const quota = `query Quota($id: ID!, $schoolYear: Int) { child(id: $id) { leaveQuota(schoolYear: $schoolYear) { granted daysInAll } } }`;

/** Leave on its own form: the head of the school grants it, whoever is reserved has the decision on paper, and it makes the absences. */
export async function leaveOnPaper(morning: Morning, see: Say): Promise<void> {
  const { stack, leaders } = morning;
  const mother = await morning.guardian(F12.mother.number);
  const [child] = await pupilsOf(mother);
  if (child === undefined) throw new DidNotHold('the child is elsewhere');
  const unitId = child.units['SCHOOL']!;
  const before = new Set((await lettersAt(stack)).map(({ id }) => id));
  const granted = await grantedDays(mother, child.id);

  const { data, codes } = await mother.ask<{
    it: { readonly leave?: { readonly id: string }; readonly code?: string } | null;
  }>(apply, {
    input: {
      ...{ childId: child.id, unitId, firstDay: tomorrow(), lastDay: tomorrow(), kind: 'GENERAL' },
      ...{ childHearing: 'SAID', childView: 'Jeg gleder meg til bryllupet.', isTeachingSeenTo: true },
      ...{ isAwayAfterSchool: true, idempotencyKey: aKey() },
    },
  });
  const leaveId = data?.it?.leave?.id;
  if (leaveId === undefined) throw new DidNotHold(`applying gave ${data?.it?.code ?? codes.join(', ')}`);
  const { data: list } = await leaders.school.ask<{
    unit: { waitingLeaves: { nodes: readonly { id: string }[] } | null } | null;
  }>(waiting, { id: unitId });
  hold(
    list?.unit?.waitingLeaves?.nodes.some(({ id }) => id === leaveId) === true,
    'whoever decides does not see that it waits',
  );
  const decided = await act(leaders.school, 'grantLeave', { leaveId, idempotencyKey: aKey() });
  hold(decided === 'LeaveDecided', `granting gave ${decided}`);
  const units = (await toldOf(mother, child.id)).filter(({ cause }) => cause === 'LEAVE');
  hold(
    units.length === Object.keys(child.units).length,
    `leave made ${units.length} absences, not one for each unit`,
  );
  hold((await grantedDays(mother, child.id)) === granted + 1, 'the quota does not count it');
  see(`a day of leave is granted: away from school and after-school care, ${granted + 1} of 10 days used`);

  const isNew = ({ id }: { readonly id: string }): boolean => !before.has(id);
  const took = await until('a letter', byPostMs, async () => (await lettersAt(stack)).some(isNew));
  const paper = (await lettersAt(stack)).find(isNew)!;
  const { data: opened } = await mother.ask<{
    it: { readonly text?: string; readonly complaintUntil?: string | null } | null;
  }>(open, { input: { leaveId } });
  hold(
    opened?.it?.text?.includes('klage') === true && opened.it.complaintUntil != null,
    'the decision does not say how to complain',
  );
  see(
    `“${paper.order.tittel}” is with the post after ${ms(took)}, as she is reserved against what is digital`,
  );
  see(`in the portal she reads it too, and can complain until ${opened.it.complaintUntil}`);
}

/** School days of leave that were granted in the school year of the story's leave. */
async function grantedDays(who: Visitor, id: string): Promise<number> {
  const [year, day] = [Number(tomorrow().slice(0, 4)), tomorrow().slice(5)];
  const schoolYear = day < '08-01' ? year - 1 : year;
  const { data, codes } = await who.ask<{ child: { leaveQuota: { granted: number } | null } | null }>(quota, {
    ...{ id, schoolYear },
  });
  const granted = data?.child?.leaveQuota?.granted;
  if (granted === undefined) throw new DidNotHold(`the quota gave ${codes.join(', ')}`);
  return granted;
}
