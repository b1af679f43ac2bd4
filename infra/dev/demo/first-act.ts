import { schoolDayAhead } from '../../visitor/absences.ts';
import { askOne } from '../../visitor/questions.ts';
import { Visitor } from '../../visitor/visitor.ts';
import { goldenFamilies, goldenStaff } from '../../simulators/population/index.ts';
import type { Stack } from '../stack.ts';
import { DidNotHold, type Step, hold, until } from '../story.ts';
import { type Child, childrenOf, isHidden, mine, type Mine, reportDay } from './graph.ts';
import { lifeEvent } from './register.ts';

type Absences = {
  readonly nodes: readonly { readonly id: string; readonly day: string; readonly cause: string | null }[];
} | null;
interface WithAbsences {
  readonly child: { readonly id: string; readonly absences: Absences } | null;
}

const childAbsences = `query Absences($child: ID!) { child(id: $child) { id absences(first: 100) { nodes { id day cause } } } }`;
const unitAbsences = `query Board($unit: ID!, $day: Date!) {
  unit(id: $unit) { name absences(day: $day, first: 100) { nodes { day cause child { id name { given } } } } } }`;

/** What people come for every day, and what happens when the bus and a service go down in the middle of it. */
export async function firstAct(stack: Stack, step: Step): Promise<void> {
  const gateway = stack.urls['gateway']!;
  const { F1 } = goldenFamilies;
  let mother!: Visitor;
  let older!: Child;
  let school!: Child['enrolments'][number]['unit'];
  let day!: string;

  await step('A mother logs in through ID-porten and sees her two children', async (see) => {
    mother = await Visitor.signedIn(gateway, 'guardian', F1.mother.number);
    const children = await childrenOf(mother);
    for (const child of children)
      see(
        `${child.name?.given}: ${child.enrolments.map(({ unit }) => `${unit.name} (${unit.kind})`).join(', ')}`,
      );
    hold(children.length === 2, `she sees ${children.length} children, not 2`);
    hold(
      children.every(({ enrolments }) => enrolments.length > 0),
      'a child has no unit',
    );
    older = children.find(({ name }) => name?.given === F1.older.given)!;
    school = older.enrolments.find(({ unit }) => unit.kind === 'SCHOOL')!.unit;
  });

  await step('She reports one absent; the contact teacher sees it', async (see) => {
    day = await reportFirstFreeDay(mother, older.id, school.id);
    see(`absent from ${school.name} on ${day}`);
    const teacher = await Visitor.signedIn(gateway, 'staff', goldenStaff.contactTeacher.number);
    const { data, codes } = await teacher.ask<{
      unit: { absences: { nodes: { child: Child | null }[] } } | null;
    }>(unitAbsences, {
      unit: school.id,
      day,
    });
    const seen = data?.unit?.absences.nodes.map(({ child }) => child?.name?.given) ?? [];
    see(`the contact teacher's list for the day: ${seen.join(', ')}`);
    hold(
      seen.includes(F1.older.given),
      `the teacher does not see the child (${codes.join(', ') || 'no error'})`,
    );
  });

  await step(
    'The father, with joint responsibility, sees the same; then the register says that she is alone',
    async (see) => {
      const father = await Visitor.signedIn(gateway, 'guardian', F1.father.number);
      await until('the father’s sight of it', 30_000, () => sees(father, older.id, day));
      see('the father sees the absence');
      const { since } = await lifeEvent(stack, {
        kind: 'sole-responsibility',
        child: 'F1.older',
        holder: 'F1.mother',
      });
      const [inIdentity, inAttendance] = await Promise.all([
        until(
          'refusal in identity',
          30_000,
          async () => isHidden(await askOne(father, 'identity', older.id)),
          since,
        ),
        until(
          'refusal in attendance',
          30_000,
          async () => isHidden(await askOne(father, 'attendance', older.id)),
          since,
        ),
      ]);
      see(
        `identity refused after ${Math.round(inIdentity)} ms, attendance after ${Math.round(inAttendance)} ms from the change in the register`,
      );
      const after = await father.ask<Mine>(mine);
      hold(
        after.status === 401 || after.data?.viewer.children.every(({ id }) => id !== older.id) === true,
        'the father still has the child in his list',
      );
      hold(await sees(mother, older.id, day), 'the mother lost sight of it');
    },
  );

  await step(
    'NATS is stopped: what cannot be vouched for is not answered; it comes back and nothing was lost',
    async (see) => {
      await stack.kill('nats');
      const closed = await until('UNAVAILABLE', 90_000, async () => {
        const { data, codes } = await mother.ask<WithAbsences>(childAbsences, { child: older.id });
        if (codes.includes('UNAVAILABLE'))
          hold((data?.child?.absences ?? null) === null, 'an answer leaked beside UNAVAILABLE');
        return codes.includes('UNAVAILABLE');
      });
      see(`absences answer UNAVAILABLE after ${Math.round(closed)} ms`);
      const rest = await mother.ask<Mine>(mine);
      hold(
        rest.data?.viewer.children.length === 2 && rest.codes.length === 0,
        'the rest of the graph does not answer',
      );
      see('the rest of the graph still answers');
      await stack.startPart('nats');
      const back = await until('recovery', 60_000, () => sees(mother, older.id, day));
      see(`all is back ${Math.round(back)} ms after NATS was started, the absence with it`);
    },
  );

  await step('identity is killed hard: attendance still answers for children; it comes back', async (see) => {
    await stack.kill('identity');
    const answer = await reportDay(mother, older.id, school.id, day);
    see(`a second report of the same day gets ${answer.__typename}`);
    hold(answer.__typename === 'AbsenceKnown', 'attendance does not answer without identity');
    await stack.startPart('identity');
    const back = await until(
      'identity',
      60_000,
      async () => (await mother.ask<Mine>(mine)).data?.viewer?.children.length === 2,
    );
    see(`identity answers ${Math.round(back)} ms after it was started`);
  });
}

async function sees(who: Visitor, child: string, day: string): Promise<boolean> {
  const { data } = await who.ask<WithAbsences>(childAbsences, { child });
  return data?.child?.absences?.nodes.some((absence) => absence.day === day) ?? false;
}

/** The demo may be played again and again: days that earlier ones took are passed over. */
async function reportFirstFreeDay(who: Visitor, childId: string, unitId: string): Promise<string> {
  for (let ahead = 1; ahead < 200; ahead += 1) {
    const day = schoolDayAhead(ahead);
    const { __typename: answer } = await reportDay(who, childId, unitId, day);
    if (answer === 'AbsenceReported') return day;
    hold(answer === 'AbsenceKnown', `reporting gave ${answer}`);
  }
  throw new DidNotHold('no free day to report');
}
