import { addDays, localDateAt, type LocalDate } from '@ranselpost/kit/pure/dates';
import { type ReportAnswer, inputOf, ofOne, reportMutation, schoolDayAhead } from '../../visitor/absences.ts';
import { askAll } from '../../visitor/questions.ts';
import type { GraphAnswer, Visitor } from '../../visitor/visitor.ts';
import { DidNotHold, hold } from '../story.ts';

/** Children as a guardian meets them. */
export interface Child {
  readonly id: string;
  readonly name: { readonly given: string } | null;
  readonly enrolments: readonly {
    readonly unit: { readonly id: string; readonly name: string; readonly kind: string };
  }[];
}
export interface Mine {
  readonly viewer: {
    readonly id: string;
    readonly name: { readonly given: string } | null;
    readonly children: readonly Child[];
  };
}
export const mine = `query Mine { viewer { id name { given } children { id name { given } enrolments { unit { id name kind } } } } }`;

/** What came of a report of absence. */
export interface Reported {
  readonly __typename: string;
  readonly absence?: { readonly day: string };
  readonly instead?: Instead | null;
}
/** What stands in the place of what is closed. */
export interface Instead {
  readonly notice: { readonly nb: string } | null;
  readonly contact: { readonly phone: string | null; readonly openingHours: string | null } | null;
}
export const today = (): LocalDate => localDateAt(new Date());
export const tomorrow = (): LocalDate => addDays(today(), 1);

/** Reports a child absent for a day, as the demo does it everywhere. */
export async function reportDay(
  who: Visitor,
  childId: string,
  unitId: string,
  day: string,
): Promise<Reported> {
  const input = inputOf({ childId, unitId, day, cause: 'APPOINTMENT', idempotencyKey: aKey() });
  const { data, codes, status } = await who.ask<ReportAnswer>(reportMutation, { input });
  const came = data == null ? null : ofOne(data);
  if (came === null) throw new DidNotHold(`reporting gave ${codes.join(', ') || status}`);
  return came;
}

/** A key that nothing was asked under before. */
export const aKey = (): string => `demo-${crypto.randomUUID()}`;

export async function childrenOf(who: Visitor): Promise<readonly Child[]> {
  const { data, codes, status } = await who.ask<Mine>(mine);
  hold(data?.viewer != null, `who is signed in got ${codes.join(', ') || status}`);
  return data.viewer.children;
}

/** The child is not found, or whoever asks has been signed out because no ground at all was left (GUA-10). */
export const isHidden = ({ status, codes }: GraphAnswer<unknown>): boolean =>
  status === 401 || codes.includes('NOT_FOUND');

/** No service knows of such a child. */
export const isOutOfSight = async (who: Visitor, childId: string): Promise<boolean> =>
  (await askAll(who, childId)).every(isHidden);

/** Every service answers for the child. */
export const isInSight = async (who: Visitor, childId: string): Promise<boolean> =>
  (await askAll(who, childId)).every(({ status, codes }) => status === 200 && codes.length === 0);

/** Reports the same day in every demo, so that no days are used up: later ones are shown the first report. */
export const reportAbsence = (who: Visitor, childId: string, unitId: string): Promise<Reported> =>
  reportDay(who, childId, unitId, schoolDayAhead(1));

export const isTaken = ({ __typename: answer }: Reported): boolean =>
  answer === 'AbsenceReported' || answer === 'AbsenceKnown';
