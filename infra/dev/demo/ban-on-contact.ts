import { goldenFamilies } from '../../simulators/population/index.ts';
import type { Say } from '../say.ts';
import { hold, until } from '../story.ts';
import { childrenOf, isInSight, isOutOfSight, mine, type Mine } from './graph.ts';
import { remember } from './put-right.ts';
import { lifeEvent, together } from './register.ts';
import { type Scene, ms, patienceMs } from './scene.ts';
import { type Case, type TownHall, approve, caseOf, decide, propose, restrict } from './town-hall.ts';

/** F7: joint in the register, and a ban that stands in no register (GUA-12, S-03). */
export async function banOnContact({ stack, guardian, hall }: Scene, see: Say): Promise<void> {
  const { F7 } = goldenFamilies;
  const [mother, father] = [await guardian(F7.mother.number), await guardian(F7.father.number)];
  await until(
    'the father’s sight of his child',
    patienceMs,
    async () => (await childrenOf(father)).length > 0,
  );
  const childId = (await childrenOf(mother))[0]!.id;
  const fatherId = (await father.ask<Mine>(mine)).data!.viewer.id;
  remember(stack, childId);
  const restriction = await restrict(hall, childId, {
    ...{ kind: 'CONTACT_BAN', authority: 'POLICE', adultId: fatherId },
  });
  const took = await until('the father’s sight to end', patienceMs, () => isOutOfSight(father, childId));
  hold(await isInSight(mother, childId), 'the mother lost sight of the child too');
  see(`the head of the school notes the ban; the father sees nothing ${ms(took)} later, the mother all`);

  const fathersGrant = async () =>
    (await caseOf(hall.leader, childId)).grants.find(
      ({ adult, state }) => adult.id === fatherId && state !== 'ENDED',
    );
  await lifeEvent(stack, { kind: 'sole-responsibility', child: 'F7.child', holder: 'F7.mother' });
  await until('the register’s word', patienceMs, async () => (await fathersGrant()) === undefined);
  await lifeEvent(stack, together('F7.child', 'F7'));
  let fathers: Case['grants'][number] | undefined;
  await until(
    'the register’s second word',
    patienceMs,
    async () => (fathers = await fathersGrant()) !== undefined,
  );
  hold(fathers?.holds.includes('RESTRICTED') === true, 'the register gave back what the ban had taken');
  const returned = await guardian(F7.father.number);
  hold(await isOutOfSight(returned, childId), 'he sees the child after the register’s new word');
  see(
    'the register says “mother alone”, then “joint” once more: a new grant, and closed from its first moment',
  );

  const lifting = await propose(hall.leader, 'liftRestriction', {
    ...{ restrictionId: restriction, reason: 'The demo' },
  });
  await cannotLift(hall, lifting);
  hold(await isOutOfSight(returned, childId), 'a leader alone lifted what the police ordered');
  await approve(hall.clerk, lifting);
  const back = await until('his sight of the child', patienceMs, () => isInSight(returned, childId));
  see(
    `the head alone cannot lift it; with a protection officer it is lifted, and he sees again after ${ms(back)}`,
  );
}

async function cannotLift({ leader }: TownHall, proposalId: string): Promise<void> {
  const { code } = await decide(leader, 'approveProposal', { proposalId });
  hold(code !== undefined, 'the head of the school lifted it alone');
}
