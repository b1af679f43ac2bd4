import { goldenFamilies } from '../../simulators/population/index.ts';
import type { Say } from '../say.ts';
import { hold, until } from '../story.ts';
import { openAlone, proposeOpening, stopAbsence } from './feature-stop.ts';
import { type Reported, childrenOf, isTaken, reportAbsence } from './graph.ts';
import { type Scene, ms, patienceMs } from './scene.ts';
import { approve, cannotApproveAlone } from './town-hall.ts';

/** One stops, two start; whoever is refused reads what to do instead (X07, D02). */
export async function emergencyStop({ guardian, hall }: Scene, see: Say): Promise<void> {
  const { F1 } = goldenFamilies;
  const mother = await guardian(F1.mother.number);
  const places = (await childrenOf(mother)).map(({ id, enrolments }) => ({
    childId: id,
    unit: enrolments[0]!.unit,
  }));
  const answers = () =>
    Promise.all(places.map(({ childId, unit }) => reportAbsence(mother, childId, unit.id)));
  hold((await answers()).every(isTaken), 'reporting is not open to begin with');

  await stopAbsence(hall);
  let closed: readonly Reported[] = [];
  const took = await until('the stop', patienceMs, async () => {
    closed = await answers();
    return closed.every(({ __typename: answer }) => answer === 'FeatureClosed');
  });
  see(`an administrator stops reporting in the whole municipality: closed at every unit after ${ms(took)}`);
  for (const [place, { instead }] of closed.entries()) {
    const { notice, contact } = instead ?? {};
    hold(notice != null && contact?.phone != null, 'nothing stands in its place');
    see(`${places[place]!.unit.name}: “${notice.nb}” ${contact.phone}, ${contact.openingHours}`);
  }
  hold((await childrenOf(mother)).length === places.length, 'what is stopped took something else along');

  const { __typename: answer } = await openAlone(
    hall,
    places.find(({ unit }) => unit.kind === 'SCHOOL')!.unit.id,
  );
  hold(answer === 'FeatureStoppedAbove', `the head of the school opens it: ${answer}`);
  const proposal = await proposeOpening(hall);
  await cannotApproveAlone(hall.administrators[0], proposal);
  hold(
    (await answers()).every((one) => !isTaken(one)),
    'one administrator opened it',
  );
  await approve(hall.administrators[1], proposal);
  const back = await until('reporting', patienceMs, async () => (await answers()).every(isTaken));
  see(`neither a head nor one administrator can open it; two can, and ${ms(back)} later all is as before`);
}
