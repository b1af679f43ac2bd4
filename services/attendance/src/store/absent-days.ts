import type { Tx } from '@ranselpost/kit/database';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { sql } from 'drizzle-orm';
import type { SchoolDay } from '../domain/school-day.ts';

export interface AbsenceWanted {
  readonly childId: string;
  readonly from: LocalDate;
  /** The first day that is not asked about. */
  readonly to: LocalDate;
}

/** What there is to count of a pupil in a period, at whichever schools. */
export interface AbsenceFound {
  /** Whether each of its schools says when its lessons are. */
  readonly hasLessons: boolean;
  /** The municipality hides it at one of its schools (X07). */
  readonly isHidden: boolean;
  readonly days: readonly SchoolDay[];
}

type Row = { place: number; has_lessons: boolean; is_hidden: boolean; days: readonly SchoolDay[] };

const inOrder = (wanted: readonly AbsenceWanted[]): string =>
  JSON.stringify(wanted.map((one, place) => ({ ...one, place })));

function fromRows(wanted: readonly AbsenceWanted[], rows: readonly Row[]): readonly (AbsenceFound | null)[] {
  const found = new Map(
    rows.map(({ place, has_lessons: hasLessons, is_hidden: isHidden, days }) => [
      place,
      { hasLessons, isHidden, days },
    ]),
  );
  return wanted.map((_one, place) => found.get(place) ?? null);
}

/** Everything by which absence from school is counted, of many pupils by one statement; null where it is not counted for whoever asks. */
export const fromSchools = async (
  tx: Tx,
  wanted: readonly AbsenceWanted[],
): Promise<readonly (AbsenceFound | null)[]> =>
  fromRows(
    wanted,
    await tx.execute<Row>(sql`
      select place, has_lessons, is_hidden, days from absence_to_count(${inOrder(wanted)}::jsonb)`),
  );

/** As the service: the same, whoever they are. */
export const asService = async (
  tx: Tx,
  wanted: readonly AbsenceWanted[],
): Promise<readonly (AbsenceFound | null)[]> =>
  fromRows(
    wanted,
    await tx.execute<Row>(sql`
      select place, has_lessons, is_hidden, days from school_absence(${inOrder(wanted)}::jsonb)`),
  );

/** A pupil of a school in a period, for numbers alone. */
export interface PupilCounted {
  readonly childId: string;
  readonly classIds: readonly string[];
  readonly days: readonly SchoolDay[];
}

/** The pupils of a school, but for protected ones; none for whoever does not arrange its days. */
export async function forStatistics(
  tx: Tx,
  unitId: string,
  { from, to }: Pick<AbsenceWanted, 'from' | 'to'>,
): Promise<readonly PupilCounted[]> {
  const [row] = await tx.execute<{ pupils: PupilCounted[] }>(
    sql`select absence_for_statistics(${unitId}, ${from}, ${to}) as pupils`,
  );
  return row!.pupils;
}
