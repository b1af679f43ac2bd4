import { goldenFamilies, goldenStaff } from '../../simulators/population/index.ts';
import { openLive } from '../../visitor/live.ts';
import { type OneMark, boardOf, mark, rowOf } from '../../visitor/register.ts';
import { Visitor } from '../../visitor/visitor.ts';
import type { Say } from '../say.ts';
import { DidNotHold, hold, until } from '../story.ts';
import { type Morning, pupilsOf } from './morning.ts';
import { ms, patienceMs } from './scene.ts';

/** Checked in by the assistant, seen on the leader's open board, checked out; nobody counts it as anything else (ABS-16). */
export async function dayInKindergarten(morning: Morning, see: Say): Promise<void> {
  const { today: day, pedagogue, leaders, stack } = morning;
  const mother = await morning.guardian(goldenFamilies.F1.mother.number);
  const child = (await pupilsOf(mother)).find(({ units }) => units['KINDERGARTEN'] !== undefined);
  if (child === undefined) throw new DidNotHold('no child is in kindergarten');
  const unit = child.units['KINDERGARTEN']!;
  const assistant = await Visitor.signedIn(
    stack.urls['gateway']!,
    'staff',
    goldenStaff.kindergartenAssistant.number,
  );
  const standing = async (): Promise<{ knew?: string }> => {
    const id = (await rowOf(assistant, unit, day, child.id))?.slots[0]?.mark?.id;
    return id === undefined ? {} : { knew: id };
  };
  const check = async (more: Partial<OneMark>): Promise<void> => {
    const came = await mark(assistant, unit, [
      { childId: child.id, day, standing: 'PRESENT', came: '00:01', ...(await standing()), ...more },
    ]);
    hold(came.join() === 'TAKEN', `a child could not be checked in or out: ${came.join()}`);
  };
  const open = await openLive(pedagogue);
  try {
    await check({});
    const took = await until('a hint', patienceMs, async () =>
      open.heard().includes(`{"kind":"board","id":"${unit}"}`),
    );
    const here = async (): Promise<number> => {
      const board = await boardOf(leaders.kindergarten, unit, day);
      if (!('counts' in board)) throw new DidNotHold(`the board gave ${board.join(', ')}`);
      return board.counts.here;
    };
    const within = await here();
    hold((await rowOf(pedagogue, unit, day, child.id))?.isHere === true, 'who is checked in is not here');
    see(
      `the assistant checks ${child.given} in; the board of whoever leads the department is told after ${ms(took)}`,
    );
    await check({ went: '00:02' });
    const row = await rowOf(pedagogue, unit, day, child.id);
    hold(row?.isHere === false && row.went === '00:02', 'who is checked out is still here');
    hold((await here()) === within - 1, 'the number in the house does not follow');
    see(`and out again: ${within} in the house before, ${within - 1} after`);
  } finally {
    open.close();
  }
}
