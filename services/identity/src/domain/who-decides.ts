import { type LocalDate, hasReached } from '@ranselpost/kit/pure/dates';
import { type AgeLimits, ageLimits } from './age-limits.ts';

/** Who has to say yes: one holder of responsibility, all, the child, or the child and one of them. */
export type Deciders = 'ANY_HOLDER' | 'ALL_HOLDERS' | 'CHILD' | 'CHILD_AND_HOLDER';

/** What is decided about a child, by those at home. */
export const actionKinds = [
  'ABSENCE',
  'PICK_UP',
  'AFTER_SCHOOL_CHANGE',
  'LEAVE',
  'TRIP',
  'SWIMMING',
  'PUBLICATION',
  'PERSONAL_DATA',
  'INFORMATION_SOCIETY_SERVICE',
  'HEALTH',
  'MEMBERSHIP',
  'EDUCATION_CHOICE',
  'INSIGHT',
] as const;
export type ActionKind = (typeof actionKinds)[number];

interface Row {
  /** Below every age of `from`. */
  readonly holders: 'ANY_HOLDER' | 'ALL_HOLDERS';
  /** From which age it is otherwise. The last that is reached counts; from eighteen it is the child. */
  readonly from: readonly (readonly [keyof AgeLimits, Deciders])[];
}

const guardiansAlone: Row = { holders: 'ANY_HOLDER', from: [] };
const ownConsent: Row['from'] = [['ownConsent', 'CHILD']];

/** The table of GUA-28, with the ages of AGE-04 to AGE-10. */
const table: Readonly<Record<ActionKind, Row>> = {
  ABSENCE: guardiansAlone,
  PICK_UP: guardiansAlone,
  AFTER_SCHOOL_CHANGE: guardiansAlone,
  LEAVE: guardiansAlone,
  TRIP: guardiansAlone,
  SWIMMING: guardiansAlone,
  PUBLICATION: { holders: 'ALL_HOLDERS', from: ownConsent },
  PERSONAL_DATA: { holders: 'ALL_HOLDERS', from: ownConsent },
  INFORMATION_SOCIETY_SERVICE: { holders: 'ANY_HOLDER', from: [['informationSociety', 'CHILD']] },
  HEALTH: { holders: 'ANY_HOLDER', from: [['ownHealth', 'CHILD']] },
  MEMBERSHIP: { holders: 'ANY_HOLDER', from: ownConsent },
  EDUCATION_CHOICE: { holders: 'ANY_HOLDER', from: ownConsent },
  INSIGHT: {
    holders: 'ANY_HOLDER',
    from: [
      ['sharesInsight', 'CHILD_AND_HOLDER'],
      ['ownConsent', 'CHILD'],
    ],
  },
};

/** What a municipality may set: that one holder is enough for pictures and what is published (GUA-28). */
export interface DecidersChosen {
  readonly publication?: 'ANY_HOLDER' | 'ALL_HOLDERS';
}

/**
 * Who decides something about a child on a day, by its age (GUA-28, AGE-08). Null when nobody can tell: without a birth date it
 * is for staff to find out (AGE-01).
 */
export function consentActor(
  action: ActionKind,
  born: LocalDate | null,
  day: LocalDate,
  chosen: DecidersChosen = {},
): Deciders | null {
  if (born === null) return null;
  const ages = ageLimits(day);
  if (hasReached(born, ages.majority, day)) return 'CHILD';
  const { holders, from } = table[action];
  const reached = from.filter(([limit]) => hasReached(born, ages[limit], day)).at(-1);
  if (reached !== undefined) return reached[1];
  return action === 'PUBLICATION' || action === 'PERSONAL_DATA' ? (chosen.publication ?? holders) : holders;
}

export type Answer = 'YES' | 'NO';

/** What has been answered, by whom. */
export interface Answers {
  /** Everybody who holds responsibility, whether or not they can answer here. */
  readonly holders: readonly string[];
  readonly ofHolders: Readonly<Record<string, Answer>>;
  readonly ofChild: Answer | null;
}

/**
 * What follows from the answers. Where they differ the strictest counts: one no is no (CON-05). Where somebody has not answered
 * who has to, nobody has agreed; that all of nobody agree is no agreement.
 */
export function outcomeOf(
  deciders: Deciders,
  { holders, ofHolders, ofChild }: Answers,
): Answer | 'UNANSWERED' {
  const given = holders.flatMap((holder) => ofHolders[holder] ?? []);
  const ofAny = given.includes('NO') ? 'NO' : (given[0] ?? 'UNANSWERED');
  switch (deciders) {
    case 'CHILD':
      return ofChild ?? 'UNANSWERED';
    case 'ANY_HOLDER':
      return ofAny;
    case 'ALL_HOLDERS':
      return ofAny === 'YES' && given.length < holders.length ? 'UNANSWERED' : ofAny;
    case 'CHILD_AND_HOLDER':
      if (ofAny === 'NO' || ofChild === 'NO') return 'NO';
      return ofAny === 'YES' && ofChild === 'YES' ? 'YES' : 'UNANSWERED';
  }
}

/** Between twelve and sixteen a child may keep what concerns its health from its guardians, on reasonable wish (AGE-07). */
export const mayWithholdHealth = (born: LocalDate, day: LocalDate): boolean =>
  hasReached(born, ageLimits(day).mayWithholdHealth, day);
