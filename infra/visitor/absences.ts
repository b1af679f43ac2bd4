import { type LocalDate, addDays, localDateAt, weekdayOf } from '@ranselpost/kit/pure/dates';
import { isPublicHoliday } from '@ranselpost/kit/pure/public-holidays';

/** A report of one child at one unit on one day. */
export interface OneReport {
  readonly childId: string;
  readonly unitId: string;
  readonly day: LocalDate;
  readonly cause: string;
  readonly idempotencyKey: string;
}

/** The input of `reportAbsence` for one child, unit and day. */
export const inputOf = ({ childId, unitId, day, ...rest }: OneReport) => ({
  ...rest,
  ...{ places: [{ childId, unitId }], firstDay: day },
});

export const reportMutation = `mutation Report($input: ReportAbsenceInput!) { reportAbsence(input: $input) {
  __typename
  ... on AbsenceReported { outcomes {
    absences { id day cause } knownDays
    refusal { __typename ... on Refusal { code message }
      ... on FeatureClosed { state opensOn instead {
        feature state opensOn notice { key nb nn en } contact { phone email openingHours } unit { id } } } } } }
  ... on AbsenceDayPast { firstPossibleDay }
  ... on Refusal { code message } } }`;

interface Outcome {
  readonly absences: readonly {
    readonly id: string;
    readonly day: LocalDate;
    readonly cause: string | null;
  }[];
  readonly knownDays: readonly LocalDate[];
  readonly refusal: ({ readonly __typename: string } & object) | null;
}
/** What `reportMutation` answers. */
export interface ReportAnswer {
  readonly reportAbsence:
    ({ readonly __typename: string; readonly outcomes?: readonly Outcome[] } & object) | null;
}

/** What came of the first place of a report: its type is `AbsenceKnown` where somebody had reported the day before. */
export interface OneReported {
  readonly __typename: string;
  readonly absence?: Outcome['absences'][number];
}

export function ofOne({ reportAbsence: answer }: ReportAnswer): OneReported | null {
  const outcome = answer?.outcomes?.[0];
  if (answer === null || outcome === undefined) return answer;
  if (outcome.refusal !== null) return outcome.refusal;
  const [absence] = outcome.absences;
  return {
    __typename: outcome.knownDays.length > 0 ? 'AbsenceKnown' : 'AbsenceReported',
    ...(absence === undefined ? {} : { absence }),
  };
}

/** One of the days after today, by its place, on which units are open that have said nothing else. */
export function schoolDayAhead(count: number): LocalDate {
  let day = localDateAt(new Date());
  for (let left = count; left > 0;) {
    day = addDays(day, 1);
    if (weekdayOf(day) < 6 && !isPublicHoliday(day)) left -= 1;
  }
  return day;
}
