import {
  type OneReport,
  type ReportAnswer,
  inputOf,
  ofOne,
  reportMutation,
} from '@ranselpost/infra/visitor/absences';
import type { GraphAnswer, Visitor } from '@ranselpost/infra/visitor/visitor';
import { addDays, localDateAt } from '@ranselpost/kit/pure/dates';

export interface Absence {
  readonly id: string;
  readonly day: string;
  readonly cause: string | null;
}

export type { OneReport as Report } from '@ranselpost/infra/visitor/absences';

export interface Reported {
  readonly __typename: string;
  readonly absence?: Absence;
  readonly code?: string;
  readonly message?: string;
  readonly firstPossibleDay?: string;
}

export const today = (): string => localDateAt(new Date());
export const daysAhead = (count: number): string => addDays(localDateAt(new Date()), count);

/** Reports one child, and answers what came of it. */
export async function report(
  visitor: Visitor,
  input: OneReport,
): Promise<GraphAnswer<{ readonly reportAbsence: Reported | null }>> {
  const { data, ...answer } = await visitor.ask<ReportAnswer>(reportMutation, { input: inputOf(input) });
  return { ...answer, data: data == null ? data : { reportAbsence: ofOne(data) } };
}

const ofChild = `query Absences($id: ID!) { child(id: $id) { absences(first: 100) { nodes { id day cause } } } }`;

/** A child's absences as the visitor sees them; null where there is no such child or they cannot be read. */
export async function absencesOf(visitor: Visitor, childId: string): Promise<readonly Absence[] | null> {
  const { data } = await visitor.ask<{
    child: { absences: { nodes: readonly Absence[] } | null } | null;
  }>(ofChild, { id: childId });
  return data?.child?.absences?.nodes ?? null;
}
