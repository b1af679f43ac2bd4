import { sensitiveFlags } from './claim.ts';
import type { Reason, Rejection, WishOutcome } from './explain.ts';
import type { Criterion, Priority } from './instance.ts';
import type { RoundState } from './round.ts';
import { type Language, type SentenceWords, wordsOf } from './sentence-words.ts';

export interface SentenceFacts {
  readonly state: RoundState;
  /** The name that guardians know it by. */
  readonly kindergarten: string;
  /** `small` or `large`; a round of after-school care has others, which are not put in words. */
  readonly group: string;
  readonly priority: Priority;
  /** Whether the municipality tells ranks; if not, all numbers but that of places are left out (BHG-20). */
  readonly showRank: boolean;
  /** The priority that the last admitted child had, how it is called, and how many have it at the pool; null for none. */
  readonly lastPriority: LastPriority | null;
  /** That a case worker has decided something by hand which touches this child (placement § 10). */
  readonly isTouchedByHand: boolean;
}

export interface LastPriority {
  readonly flag: string;
  readonly name: string;
  readonly holders: number;
}

/** Fewer children than this have a priority, and it could be known whose it is (placement § 7). */
const enoughHolders = 5;

/** What a guardian reads of why a wish was met or not; null until the round is published (placement § 7, X09). */
export function sentencesOf(outcome: WishOutcome, facts: SentenceFacts, language: Language): string | null {
  if (!isPublished(facts.state)) return null;
  const words = wordsOf(language);
  const { kindergarten } = facts;
  const byHand = facts.isTouchedByHand ? [words.byHand] : [];
  switch (outcome.outcome) {
    case 'offered':
      return [words.offered(kindergarten, outcome.wish), ...byHand].join(' ');
    case 'not-needed':
      return [words.notNeeded(kindergarten), ...byHand].join(' ');
    case 'rejected':
      return [...rejected(outcome, facts, words), ...byHand].join(' ');
  }
}

const isPublished = (state: RoundState): boolean =>
  state === 'published' || state === 'appeal' || state === 'finished';

function rejected(
  { seats, applicants, rank, lastAdmittedRank, queue, decidedBy }: Rejection,
  facts: SentenceFacts,
  words: SentenceWords,
): readonly string[] {
  const { kindergarten, group, priority, showRank } = facts;
  return [
    words.places(kindergarten, { seats, group, applicants: showRank ? applicants : null }),
    words.rule(ruleOf(priority, words)),
    ...(showRank ? [words.rank(rank)] : []),
    decidedBy === 'capacity'
      ? words.nobody
      : words.last(showRank ? lastAdmittedRank : null, deciderOf(decidedBy, facts, words)),
    ...(showRank ? [words.queue(queue)] : []),
  ];
}

const ruleOf = ({ mode, criteria }: Priority, words: SentenceWords): readonly string[] => [
  words.modes[mode],
  ...criteria.map((criterion) => words.criteria[criterion]),
  words.lot,
];

/** What the last admitted child is, or has, that this one is not. Of nobody's health or child welfare a word (BHG-09). */
function deciderOf(
  decidedBy: Exclude<Reason, 'capacity'>,
  { priority, lastPriority }: SentenceFacts,
  { deciders }: SentenceWords,
): string {
  switch (decidedBy) {
    case 'points':
    case 'distance':
    case 'applied':
    case 'wishRank':
    case 'lottery':
    case 'id':
    case 'explicit':
    case 'incumbent':
      return deciders[decidedBy];
    case 'age':
      return priority.criteria.find(isAge) === 'age:youngest' ? deciders.younger : deciders.older;
    default:
      // `group`, or one flag by its name: that of a priority.
      return lastPriority !== null && mayName(lastPriority)
        ? deciders.named(lastPriority.name)
        : deciders.higher;
  }
}

const isAge = (criterion: Criterion): boolean => criterion === 'age:oldest' || criterion === 'age:youngest';

const mayName = ({ flag, holders }: LastPriority): boolean =>
  holders >= enoughHolders && !sensitiveFlags.has(flag);
