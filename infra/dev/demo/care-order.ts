import { addDays } from '@ranselpost/kit/pure/dates';
import { goldenFamilies } from '../../simulators/population/index.ts';
import type { Say } from '../say.ts';
import { hold, until } from '../story.ts';
import { childrenOf, isInSight, isOutOfSight, isTaken, reportAbsence, today } from './graph.ts';
import { remember } from './put-right.ts';
import { type Scene, ms, patienceMs } from './scene.ts';
import { approve, lift, propose, restrict } from './town-hall.ts';

/** F8: the parents hold the responsibility, and the child lives with foster parents by a care order (GUA-15). */
export async function careOrder({ stack, guardian, hall }: Scene, see: Say): Promise<void> {
  const { F8 } = goldenFamilies;
  const parents = await Promise.all([F8.mother, F8.father].map(({ number }) => guardian(number)));
  const child = (await childrenOf(parents[0]!))[0]!;
  const childId = child.id;
  const foster = await guardian(F8.fosterMother.number);
  hold((await childrenOf(foster)).length === 0, 'the foster mother sees a child before anybody decided it');
  remember(stack, childId);
  const restriction = await restrict(hall, childId, { kind: 'CARE_ORDER', authority: 'CHILD_WELFARE' });
  for (const parent of parents)
    await until('a parent’s sight to end', patienceMs, () => isOutOfSight(parent, childId));
  see('the head notes the care order: both parents are without sight, without a word of why');

  const proposal = await propose(hall.leader, 'grantAccess', {
    ...{ childId, nationalNumber: F8.fosterMother.number, ground: 'DAILY_CARER' },
    ...{ endsOn: addDays(today(), 30), proof: 'The demo: the order was seen' },
  });
  hold((await childrenOf(foster)).length === 0, 'one person alone let the foster mother in');
  await approve(hall.caseWorker, proposal);
  const took = await until('the foster mother’s sight', patienceMs, () => isInSight(foster, childId));
  const unitId = child.enrolments[0]!.unit.id;
  const told = await reportAbsence(foster, childId, unitId);
  hold(isTaken(told), `her report of absence gets ${told.__typename}`);
  see(`a case worker approves; ${ms(took)} later the foster mother sees the child and reports it absent`);
  const again = await Promise.all([F8.mother, F8.father].map(({ number }) => guardian(number)));
  for (const parent of again) hold(await isOutOfSight(parent, childId), 'a parent sees it through the carer');

  await lift(hall, restriction);
  for (const parent of again) await until('a parent’s sight', patienceMs, () => isInSight(parent, childId));
  await until('the foster mother’s sight to end', patienceMs, () => isOutOfSight(foster, childId));
  see('the order is lifted by two: the parents see again, and what the foster mother had by it is over');
}
