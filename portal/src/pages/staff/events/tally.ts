import type { EventsForStaffQuery } from '../../../graph/generated/operations.ts';
import type { Name } from '../../../words/words.ts';

export type StaffEvent = NonNullable<EventsForStaffQuery['unitEvents']>['nodes'][number];

export interface Tallied {
  /** The place of the choice in the list of them; null for those who have not answered. */
  readonly choice: number | null;
  readonly children: readonly { readonly id: string; readonly name: Name }[];
  readonly adults: number;
}

/** Who has answered what of an event with so many choices, in their order, and who has not answered, last. */
export function tallyOf(
  { children, answers }: Pick<StaffEvent, 'children' | 'answers'>,
  choices: number,
): readonly Tallied[] {
  const answerOf = new Map(answers.map((answer) => [answer.child?.id, answer]));
  const withChoice = (choice: number | null): Tallied => {
    const chosen = children.filter(({ id }) => (answerOf.get(id)?.choice ?? null) === choice);
    return {
      ...{ choice, children: chosen },
      adults: chosen.reduce((sum, { id }) => sum + (answerOf.get(id)?.adults ?? 0), 0),
    };
  };
  return [...Array.from({ length: choices }, (_, at) => withChoice(at)), withChoice(null)];
}
