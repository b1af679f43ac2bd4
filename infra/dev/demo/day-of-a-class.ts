import { goldenFamilies } from '../../simulators/population/index.ts';
import { openLive } from '../../visitor/live.ts';
import { act, boardOf, mark, rowOf } from '../../visitor/register.ts';
import type { Say } from '../say.ts';
import { DidNotHold, hold, until } from '../story.ts';
import { aKey } from './graph.ts';
import { type Morning, lessonsToday, pupilsOf } from './morning.ts';
import { lifeEvent, together } from './register.ts';
import { ms, patienceMs } from './scene.ts';

const { F1, F10 } = goldenFamilies;

interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly at: string;
}
const addresses = ['mor.sykkelpumpe@example.test', 'far.sykkelpumpe@example.test'];

/** A child is missing and nobody has said so: both guardians are told that something waits, and the board follows what is said and seen. */
export async function dayOfAClass(morning: Morning, see: Say): Promise<void> {
  const { stack, teacher, today: day } = morning;
  await lifeEvent(stack, together('F1.older', 'F1'));
  const father = await morning.guardian(F1.father.number);
  await until('the father’s sight of his child', patienceMs, async () =>
    (await pupilsOf(father)).some(({ units }) => units['SCHOOL'] !== undefined),
  );
  const mother = await morning.guardian(F1.mother.number);
  const missing = (await pupilsOf(mother)).find(({ units }) => units['SCHOOL'] !== undefined);
  const [there] = await pupilsOf(await morning.guardian(F10.mother.number));
  if (missing === undefined || there === undefined) throw new DidNotHold('a pupil of the class is elsewhere');
  const school = missing.units['SCHOOL']!;
  const [first, second] = await lessonsToday(morning, missing);
  const open = await openLive(teacher);
  try {
    const since = Date.now();
    const came = await mark(teacher, school, [
      { childId: there.id, day, lessonId: first!.id, standing: 'PRESENT' },
      { childId: missing.id, day, lessonId: first!.id, standing: 'ABSENT' },
    ]);
    hold(came.join() === 'TAKEN,TAKEN', `the lesson was not marked: ${came.join()}`);
    const state = async () => (await rowOf(teacher, school, day, missing.id))?.state;
    hold((await state()) === 'ABSENT_UNREPORTED', `who is missing unreported stands as ${await state()}`);

    const mails = async (): Promise<readonly Mail[]> => {
      const answer = await fetch(`${stack.urls['sink']}/control/taken?channel=EMAIL`);
      const all = (await answer.json()) as readonly Mail[];
      return all.filter(({ to, at }) => addresses.includes(to) && Date.parse(at) >= since);
    };
    const took = await until('notices of the absence', 2 * patienceMs, async () => {
      const reached = (await mails()).map(({ to }) => to);
      return addresses.every((address) => reached.includes(address));
    });
    const [one] = await mails();
    hold(
      (await mails()).every(({ subject, text }) => !`${subject} ${text}`.includes(missing.given)),
      'a notice says whom it is about',
    );
    see(`both guardians have a mail after ${ms(took)}: “${one!.subject}”, and no name`);

    const heard = open.heard().length;
    const said = await act(mother, 'reportAbsence', {
      ...{ places: [{ childId: missing.id, unitId: school }], firstDay: day, cause: 'SICK' },
      idempotencyKey: aKey(),
    });
    hold(said === 'AbsenceReported', `a late report gave ${said}`);
    const hinted = await until('a hint', patienceMs, async () =>
      open.heard().slice(heard).includes(`{"kind":"board","id":"${school}"}`),
    );
    hold((await state()) === 'ABSENT_REPORTED', `what was said late is not on the board: ${await state()}`);
    see(`the mother says it late; the teacher’s open board is told after ${ms(hinted)} and has it`);
    await until(
      'the alert’s end',
      patienceMs,
      async () => (await rowOf(teacher, school, day, missing.id))?.alert === 'DROPPED',
    );

    const seenAfterAll = await mark(teacher, school, [
      { childId: missing.id, day, lessonId: second!.id, standing: 'PRESENT' },
    ]);
    hold(seenAfterAll.join() === 'TAKEN', `the second lesson was not marked: ${seenAfterAll.join()}`);
    hold((await state()) === 'PRESENT', 'what staff have seen does not win over what was said');
    const board = await boardOf(teacher, school, day);
    if (!('counts' in board)) throw new DidNotHold(`the board gave ${board.join(', ')}`);
    const { present, notYetKnown } = board.counts;
    see(
      `in the second lesson the child is there, and staff’s mark wins: ${present} present, ${notYetKnown} not yet known (ABS-03)`,
    );
  } finally {
    open.close();
  }
}
