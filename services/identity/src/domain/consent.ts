import { type LocalDate, birthdayAt } from '@ranselpost/kit/pure/dates';
import { ageLimits } from './age-limits.ts';
import { type Protection, isHidden } from './protection.ts';
import { type Answer, type DecidersChosen, consentActor, outcomeOf } from './who-decides.ts';

/** What a consent is to: pictures and what else is published, or other use of a child's data. */
export type Purpose = 'PUBLICATION' | 'PERSONAL_DATA';

/** What is known of a consent. */
export interface ConsentFacts {
  readonly childId: string;
  readonly born: LocalDate | null;
  /** Everybody who holds responsibility, whether or not they can answer here. */
  readonly holders: readonly string[];
  /** All that was ever answered, by the child or by whom else. Everybody's newest counts. */
  readonly given: readonly { readonly by: string; readonly answer: Answer; readonly on: LocalDate }[];
  /** What protects the child, or somebody whom it concerns, until staff release it (ADR-13). Null: not known yet. */
  readonly heldProtection: Protection | null;
  /** When staff last released it; null: there was never any. */
  readonly releasedOn: LocalDate | null;
}

/** Why a consent stands as it does. For leaders: nobody else is told whose answer it was (CON-05), or that it is forced (ADR-02). */
export type ConsentGround =
  'PROTECTED' | 'AGE_UNKNOWN' | 'REFUSED' | 'UNANSWERED' | 'TO_CONFIRM_BY_CHILD' | 'AGREED';

export interface ConsentState {
  readonly ground: ConsentGround;
  /** For what is taken or published from now on. */
  readonly forNew: Answer;
  /** For what there is already: where it is no, it is hidden. */
  readonly forExisting: Answer;
}

const no = (ground: ConsentGround): ConsentState => ({ ground, forNew: 'NO', forExisting: 'NO' });

/**
 * How a consent stands on a day. For a protected child it is no, whatever anybody has answered or answers; once staff have
 * released the protection everybody is asked anew (ADR-06, ADR-13). From fifteen it is the child's own (AGE-06). What its
 * guardians agreed to before is neither gone nor enough: nothing new until the child has confirmed it, and what there is stays
 * until somebody takes it back (AGE-09).
 */
export function consentState(
  facts: ConsentFacts,
  day: LocalDate,
  purpose: Purpose = 'PUBLICATION',
  chosen: DecidersChosen = {},
): ConsentState {
  const { childId, born, holders, heldProtection } = facts;
  if (heldProtection === null || isHidden(heldProtection)) return no('PROTECTED');
  const deciders = consentActor(purpose, born, day, chosen);
  if (born === null || deciders === null) return no('AGE_UNKNOWN');
  const ownFrom = birthdayAt(born, ageLimits(day).ownConsent);
  const newest = newestOf(facts);
  const answerOf = (by: string, counts: (on: LocalDate) => boolean): Answer | null => {
    const last = newest.get(by);
    return last !== undefined && (last.answer === 'NO' || counts(last.on)) ? last.answer : null;
  };
  const answers = {
    holders,
    // A yes of a guardian after the day on which it became the child's to give counts for nothing.
    ofHolders: Object.fromEntries(
      holders.flatMap((holder) => {
        const answer = answerOf(holder, (on) => on < ownFrom);
        return answer === null ? [] : [[holder, answer]];
      }),
    ),
    ofChild: answerOf(childId, (on) => ownFrom <= on),
  };
  const outcome = outcomeOf(deciders, answers);
  if (outcome === 'YES') return { ground: 'AGREED', forNew: 'YES', forExisting: 'YES' };
  if (outcome === 'NO') return no('REFUSED');
  if (deciders !== 'CHILD') return no('UNANSWERED');
  const before = consentActor(purpose, born, birthdayAt(born, ageLimits(day).ownConsent - 1), chosen)!;
  return outcomeOf(before, answers) === 'YES'
    ? { ground: 'TO_CONFIRM_BY_CHILD', forNew: 'NO', forExisting: 'YES' }
    : no('UNANSWERED');
}

/** Everybody's newest answer from the day after protection was released; of two on one day the stricter. */
function newestOf({ given, releasedOn }: ConsentFacts): ReadonlyMap<string, ConsentFacts['given'][number]> {
  const newest = new Map<string, ConsentFacts['given'][number]>();
  for (const one of given.filter(({ on }) => releasedOn === null || on > releasedOn)) {
    const known = newest.get(one.by);
    if (known === undefined || known.on < one.on || (known.on === one.on && one.answer === 'NO'))
      newest.set(one.by, one);
  }
  return newest;
}
