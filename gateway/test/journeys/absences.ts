import type { GraphAnswer, Visitor } from '@ranselpost/infra/visitor/visitor';
import { addDays, localDateAt } from '@ranselpost/kit/pure/dates';

export interface Absence {
  readonly id: string;
  readonly day: string;
  readonly cause: string | null;
}

export interface Report {
  readonly childId: string;
  readonly unitId: string;
  readonly day: string;
  readonly cause: string;
  readonly idempotencyKey: string;
}

export interface Reported {
  readonly __typename: string;
  readonly absence?: Absence;
  readonly code?: string;
  readonly message?: string;
  readonly firstPossibleDay?: string;
}

export const today = (): string => localDateAt(new Date());
export const daysAhead = (count: number): string => addDays(localDateAt(new Date()), count);

export const reportMutation = `mutation Report($input: ReportAbsenceInput!) { reportAbsence(input: $input) {
  __typename
  ... on AbsenceReported { absence { id day cause } }
  ... on AbsenceAlreadyReported { absence { id day cause } }
  ... on AbsenceDayPast { firstPossibleDay }
  ... on Refusal { code message } } }`;

export const report = (
  visitor: Visitor,
  input: Report,
): Promise<GraphAnswer<{ readonly reportAbsence: Reported | null }>> =>
  visitor.ask(reportMutation, { input });

const ofChild = `query Absences($id: ID!) { child(id: $id) { absences(first: 100) { nodes { id day cause } } } }`;

/** A child's absences as the visitor sees them; null where there is no such child or they cannot be read. */
export async function absencesOf(visitor: Visitor, childId: string): Promise<readonly Absence[] | null> {
  const { data } = await visitor.ask<{
    child: { absences: { nodes: readonly Absence[] } | null } | null;
  }>(ofChild, { id: childId });
  return data?.child?.absences?.nodes ?? null;
}
