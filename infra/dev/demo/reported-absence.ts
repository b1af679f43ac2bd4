import { goldenFamilies, goldenStaff } from '../../simulators/population/index.ts';
import { Visitor } from '../../visitor/visitor.ts';
import type { Say } from '../say.ts';
import { DidNotHold, hold } from '../story.ts';
import { aKey, tomorrow } from './graph.ts';
import { type Morning, type Pupil, pupilsOf, toldOf } from './morning.ts';

const { F14 } = goldenFamilies;

interface Outcome {
  readonly unit: { readonly id: string; readonly name: string };
  readonly absences: readonly { readonly day: string; readonly isLate: boolean }[];
  readonly knownDays: readonly string[];
  readonly skippedDays: readonly { readonly day: string; readonly reason: string }[];
}
const report = `mutation Report($input: ReportAbsenceInput!) { it: reportAbsence(input: $input) {
  __typename ... on AbsenceReported { outcomes { unit { id name } absences { day isLate } knownDays
    skippedDays { day reason } } } ... on Refusal { code } } }`;
const correct = `mutation Correct($input: CorrectAbsenceInput!) { it: correctAbsence(input: $input) {
  __typename ... on AbsenceCorrected { absence { arrivesAt } } ... on Refusal { code message } } }`;
const repeated = `query Repeated($id: ID!, $day: Date!) { unit(id: $id) {
  absences(day: $day, first: 100) { nodes { cause child { id } repeats { cause } } } } }`;

/** The twins of the story: one at school and after-school care, one in kindergarten. */
async function twins(who: Visitor): Promise<readonly [Pupil, Pupil]> {
  const children = await pupilsOf(who);
  const atSchool = children.find(({ units }) => units['AFTER_SCHOOL'] !== undefined);
  const inKindergarten = children.find(({ units }) => units['KINDERGARTEN'] !== undefined);
  if (atSchool === undefined || inKindergarten === undefined) throw new DidNotHold('the twins are elsewhere');
  return [atSchool, inKindergarten];
}

/** Says of every place of the twins that they are away today and tomorrow; answers what each unit did with it. */
async function sayBoth(
  who: Visitor,
  { today }: Morning,
  cause: string,
): Promise<Readonly<Record<string, Outcome>>> {
  const children = await twins(who);
  const kinds = children.flatMap(({ units }) => Object.keys(units));
  const places = children.flatMap(({ id: childId, units }) =>
    Object.values(units).map((unitId) => ({ childId, unitId })),
  );
  const { data, codes } = await who.ask<{
    it: { readonly outcomes?: readonly Outcome[]; readonly code?: string } | null;
  }>(report, {
    input: { places, firstDay: today, lastDay: tomorrow(), cause, idempotencyKey: aKey() },
  });
  const outcomes = data?.it?.outcomes;
  if (outcomes === undefined) throw new DidNotHold(`reporting gave ${data?.it?.code ?? codes.join(', ')}`);
  return Object.fromEntries(kinds.map((kind, place) => [kind, outcomes[place]!]));
}

/** One act, three units, and each answers for itself: after-school care has a planning day and says so. */
export async function reportBoth(morning: Morning, see: Say): Promise<void> {
  const { SCHOOL, AFTER_SCHOOL, KINDERGARTEN } = await sayBoth(
    await morning.guardian(F14.mother.number),
    morning,
    'SICK',
  );
  for (const unit of [SCHOOL, KINDERGARTEN])
    hold(unit?.absences.length === 2 && unit.skippedDays.length === 0, 'a unit did not take both days');
  const [skipped] = AFTER_SCHOOL?.skippedDays ?? [];
  hold(
    AFTER_SCHOOL?.absences.length === 1 && skipped?.day === morning.today && skipped.reason === 'PLANNING',
    'after-school care did not pass over its planning day with a note',
  );
  hold(
    SCHOOL?.absences.map(({ isLate }) => isLate).join() === 'true,false',
    'today is not late, or tomorrow is',
  );
  see(`${SCHOOL.unit.name} and ${KINDERGARTEN?.unit.name}: away today, said late, and tomorrow`);
  see(`${AFTER_SCHOOL.unit.name}: today is a planning day and is passed over; away tomorrow`);
}

/** Both see the same; whoever says it second is no error, and what they said is there for staff. */
export async function sayTheSame(morning: Morning, see: Say): Promise<void> {
  const [mother, father] = [
    await morning.guardian(F14.mother.number),
    await morning.guardian(F14.father.number),
  ];
  const [atSchool] = await twins(father);
  const seen = await toldOf(father, atSchool.id);
  hold(
    seen.length === 3 && JSON.stringify(seen) === JSON.stringify(await toldOf(mother, atSchool.id)),
    'the father does not see what the mother has said',
  );
  const again = await sayBoth(father, morning, 'OTHER');
  const days = Object.values(again).map(({ knownDays }) => knownDays.length);
  hold(
    days.join() === '2,1,2' || days.join() === '1,2,2',
    `the second report was not merged: ${days.join()}`,
  );
  hold((await toldOf(mother, atSchool.id)).length === 3, 'a day stands twice');
  const { data } = await morning.leaders.school.ask<{
    unit: {
      absences: {
        nodes: readonly {
          cause: string | null;
          child: { id: string } | null;
          repeats: readonly { cause: string | null }[];
        }[];
      };
    } | null;
  }>(repeated, { id: atSchool.units['SCHOOL'], day: morning.today });
  const row = data?.unit?.absences.nodes.find(({ child }) => child?.id === atSchool.id);
  const causes = [row?.cause, ...(row?.repeats.map(({ cause }) => cause) ?? [])];
  hold(causes.join() === 'SICK,OTHER', `staff see ${causes.join()}`);
  see('the father sees all three places, says something else of them, and is told that they were known');
  see('each day stands once; the head of the school reads what the one said, and what the other said');
}

/** Tomorrow can be said otherwise, today is planned. */
export async function correctInTime(morning: Morning, see: Say): Promise<void> {
  const mother = await morning.guardian(F14.mother.number);
  const [atSchool] = await twins(mother);
  const standing = (await toldOf(mother, atSchool.id)).filter(
    ({ unit }) => unit?.id === atSchool.units['SCHOOL'],
  );
  const say = async (day: string) => {
    const absenceId = standing.find((one) => one.day === day)?.id;
    const { data, codes } = await mother.ask<{
      it: {
        readonly __typename: string;
        readonly message?: string;
        readonly absence?: { readonly arrivesAt: string | null };
      } | null;
    }>(correct, { input: { absenceId, cause: 'APPOINTMENT', arrivesAt: '10:15' } });
    if (data?.it == null) throw new DidNotHold(`correcting gave ${codes.join(', ')}`);
    return data.it;
  };
  const later = await say(tomorrow());
  hold(
    later.absence?.arrivesAt === '10:15',
    `tomorrow could not be said otherwise: ${later.message ?? later.__typename}`,
  );
  const now = await say(morning.today);
  hold(now.__typename === 'AbsenceCutOffPassed', `today was said otherwise too late: ${now.__typename}`);
  see(`tomorrow she has an appointment and comes at 10:15; of today it is too late: “${now.message}”`);
  const father = await morning.guardian(F14.father.number);
  hold(
    (await toldOf(father, atSchool.id)).some(
      ({ day, cause }) => day === tomorrow() && cause === 'APPOINTMENT',
    ),
    'the father does not see the correction',
  );
}

/** Of what was reported today a day is counted, of what is to come nothing, and of kindergarten nothing ever (ABS-16). */
export async function absencesCounted(morning: Morning, see: Say): Promise<void> {
  const mother = await morning.guardian(F14.mother.number);
  const [atSchool] = await twins(mother);
  const counted = async (who: Visitor): Promise<number | undefined> => {
    const { data } = await who.ask<{ child: { absenceSummary: { days: number } | null } | null }>(
      'query Counted($id: ID!) { child(id: $id) { absenceSummary { days } } }',
      { id: atSchool.id },
    );
    return data?.child?.absenceSummary?.days;
  };
  const days = await counted(mother);
  hold(days !== undefined && days >= 1, `the day was not counted: ${days}`);
  const colleague = await Visitor.signedIn(
    morning.stack.urls['gateway']!,
    'staff',
    goldenStaff.otherTeacher.number,
  );
  hold((await counted(colleague)) === undefined, 'a teacher of another school reads how much');
  see(
    `the mother reads ${days} ${days === 1 ? 'day' : 'days'} of this school year; who has no part in it reads nothing`,
  );
}
