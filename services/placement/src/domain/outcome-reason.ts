import type { Reason } from './explain.ts';
import { readRule } from './read-instance.ts';
import type { RoundState } from './round.ts';
import { type Language, wordsOf } from './sentence-words.ts';
import { sentencesOf } from './sentence.ts';
import type { PublishedOutcome, RejectionNumbers } from './wish-outcomes.ts';

/** What is kept of a wish, as far as whoever reads it may know. */
export interface KeptOutcome extends Pick<
  PublishedOutcome,
  'rank' | 'unitId' | 'group' | 'outcome' | 'isTouchedByHand'
> {
  readonly seats: number | null;
  readonly decidedBy: Reason | null;
  readonly lastPriority: string | null;
  readonly numbers: RejectionNumbers | null;
  readonly priority: unknown;
}

/** What a guardian reads of a wish. The unit is named beside it, so that it is `this kindergarten` here. */
export function reasonOf(outcome: KeptOutcome, state: RoundState, language: Language): string {
  const words = wordsOf(language);
  if (outcome.outcome === 'BY_HAND') return words.byHand;
  if (outcome.outcome === 'HAS_PLACE') return words.hasPlace;
  const { rank, unitId: k, seats, decidedBy, numbers, lastPriority } = outcome;
  const unit = { k, wish: rank };
  const told = sentencesOf(
    outcome.outcome === 'OFFERED'
      ? { ...unit, outcome: 'offered' }
      : outcome.outcome === 'NOT_NEEDED'
        ? { ...unit, outcome: 'not-needed' }
        : {
            ...{ ...unit, outcome: 'rejected', seats: seats ?? 0, decidedBy: decidedBy ?? 'id' },
            // Without ranks none of them is told.
            ...{
              applicants: numbers?.applicants ?? 0,
              rank: numbers?.place ?? 0,
              queue: numbers?.queue ?? 0,
            },
            lastAdmittedRank: numbers?.lastAdmittedPlace ?? null,
          },
    {
      ...{ state, kindergarten: thisUnit(outcome.group)[language], group: outcome.group },
      ...{ priority: readRule(outcome.priority).priority, showRank: numbers !== null },
      // It was kept because enough children have it.
      lastPriority: lastPriority === null ? null : named(lastPriority, language),
      isTouchedByHand: outcome.isTouchedByHand,
    },
    language,
  );
  return told === null ? '' : told[0]!.toUpperCase() + told.slice(1);
}

const thisUnit = (group: string): Readonly<Record<Language, string>> =>
  group === 'sfo'
    ? { nb: 'denne SFO-en', nn: 'denne SFO-en', en: 'this after-school unit' }
    : { nb: 'denne barnehagen', nn: 'denne barnehagen', en: 'this kindergarten' };

/** Priorities that statutes often name, in words. Of any other it is said that it is one. */
const priorities: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  sibling: { nb: 'søsken i barnehagen', nn: 'sysken i barnehagen', en: 'a brother or sister there' },
  right: { nb: 'rett til plass', nn: 'rett til plass', en: 'the right to a place' },
  twins: { nb: 'tvillinger', nn: 'tvillingar', en: 'twins' },
  staff: { nb: 'forelder som arbeider der', nn: 'forelder som arbeider der', en: 'a parent who works there' },
};

const named = (flag: string, language: Language) => {
  const name = priorities[flag]?.[language];
  return name === undefined ? null : { flag, name, holders: Number.POSITIVE_INFINITY };
};
