import type { Stack } from '../stack.ts';
import type { Step } from '../story.ts';
import { decideClaim, publish, readReasons, replay } from './a-result.ts';
import { openRound } from './a-round.ts';
import { type Admission, enterAdmission } from './admission.ts';
import { type Applications, applyForPlaces } from './apply-for-a-place.ts';
import { appealRefusal, passOnTheSeat } from './offers-and-appeals.ts';
import { appoint, enterTownHall } from './town-hall.ts';

/** One place in kindergarten and two children: who gets it, why, and what becomes of a no. */
export async function fifthAct(stack: Stack, step: Step): Promise<void> {
  const hall = await enterTownHall(stack.urls['gateway']!);
  let admission!: Admission;
  let roundId!: string;
  let applications!: Applications;
  await step(
    'A round opens: seats, rules, and a draw that nobody can choose later (BHG-08, BHG-10)',
    async (see) => {
      admission = await enterAdmission(stack);
      roundId = await openRound(admission, see);
    },
  );
  await step('Two families apply, each for their own child (BHG-04, BHG-05, S-20)', async (see) => {
    applications = await applyForPlaces(admission, roundId, see);
  });
  await step('Priority by law is decided apart from everybody else’s work (BHG-09)', async (see) => {
    await appoint(hall, 'CASE_WORKER');
    await decideClaim(admission, { decider: hall.clerk, roundId, see });
  });
  await step(
    'It is simulated, allocated, checked and published, and comes out the same again (BHG-23)',
    async (see) => {
      replay(admission, await publish(admission, roundId, see), see);
    },
  );
  await step('Each family reads why, and no rank of anybody (BHG-15, BHG-20)', (see) =>
    readReasons(admission, applications, see),
  );
  await step('The refusal is appealed against (BHG-16 to BHG-18)', (see) =>
    appealRefusal(admission, { roundId, applications, see }),
  );
  await step('The offer is declined, and the seat goes to the child that is next (BHG-12, S-23)', (see) =>
    passOnTheSeat(admission, { applications, see }),
  );
}
