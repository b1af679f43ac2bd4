import type { Stack } from '../stack.ts';
import type { Step } from '../story.ts';
import { dayOfAClass } from './day-of-a-class.ts';
import { dayInKindergarten } from './day-in-kindergarten.ts';
import { leaveOnPaper } from './leave-on-paper.ts';
import { type Morning, beginMorning } from './morning.ts';
import { absencesCounted, correctInTime, reportBoth, sayTheSame } from './reported-absence.ts';

/** A morning: who is ill is said in one act, who is there is seen, and nobody is missing unnoticed. */
export async function fourthAct(stack: Stack, step: Step): Promise<void> {
  let morning!: Morning;
  await step(
    'A mother reports two children at school, after-school care and kindergarten in one act (ABS-15)',
    async (see) => {
      morning = await beginMorning(stack, see);
      await reportBoth(morning, see);
    },
  );
  await step(
    'The father sees it and says it again: the first report stands, staff see both (ABS-14)',
    (see) => sayTheSame(morning, see),
  );
  await step('What is not planned yet can be corrected, what is planned cannot (ABS-13)', (see) =>
    correctInTime(morning, see),
  );
  await step(
    'A teacher marks a lesson; home is told of a pupil of whom nobody has said anything (ABS-12)',
    (see) => dayOfAClass(morning, see),
  );
  await step(
    'A child is checked in and out of its kindergarten, and the board tells by itself (T16)',
    (see) => dayInKindergarten(morning, see),
  );
  await step('Leave is applied for, granted, and decided by letter (LEA-05, LEA-06)', (see) =>
    leaveOnPaper(morning, see),
  );
  await step('Absence from school is counted, in days (ABS-05)', (see) => absencesCounted(morning, see));
}
