import { newId } from '@ranselpost/kit/ids';
import type { GraphAnswer, Visitor } from './visitor.ts';

interface Question {
  readonly query: string;
  readonly variables: object;
}

/** What each service answers about a child by itself, from its own copy of who may see whom. */
export const questionTo = {
  identity: (childId: string): Question => ({
    query: `query One($id: ID!) { child(id: $id) { id } }`,
    variables: { id: childId },
  }),
  /** A day long past is refused as past to a guardian, and as no such child to everybody else. */
  attendance: (childId: string): Question => ({
    query: `mutation Past($input: ReportAbsenceInput!) { reportAbsence(input: $input) { __typename } }`,
    variables: {
      input: {
        ...{ places: [{ childId, unitId: newId() }], firstDay: '2020-01-01', cause: 'SICK' },
        idempotencyKey: newId(),
      },
    },
  }),
} as const;

export type AnsweringService = keyof typeof questionTo;

const services = Object.keys(questionTo) as readonly AnsweringService[];

/** What one service says of the child to somebody. */
export function askOne(
  who: Visitor,
  service: AnsweringService,
  childId: string,
): Promise<GraphAnswer<unknown>> {
  const { query, variables } = questionTo[service](childId);
  return who.ask(query, variables);
}

/** What every service says of the child to somebody. */
export const askAll = (who: Visitor, childId: string): Promise<readonly GraphAnswer<unknown>[]> =>
  Promise.all(services.map((service) => askOne(who, service, childId)));
