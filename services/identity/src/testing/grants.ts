import { type Grant, type GrantContext, decideConfirmation, decideGrants } from '../domain/grants.ts';
import type { AdultFacts, Derivation, Hold } from '../domain/guardianship.ts';
import type { Restriction } from '../domain/restrictions.ts';
import type { Circumstances } from '../domain/work-items.ts';

export const today = '2026-11-21';
export const grant = (personId: string, more: Partial<Grant> = {}): Grant => ({
  grantId: `g-${personId}`,
  childId: 'child',
  personId,
  ground: 'PARENTAL_RESPONSIBILITY',
  basis: null,
  state: 'ACTIVE',
  holds: [],
  confirmedFor: [],
  decidedUntil: null,
  decisionId: null,
  confirmationId: null,
  endsOn: '2036-06-21',
  ...more,
});
export const documented = (personId: string, more: Partial<Grant> = {}): Grant =>
  grant(personId, {
    ...{ ground: 'MANUAL', basis: 'DOCUMENTED_RESPONSIBILITY', decisionId: 'd' },
    ...{ decidedUntil: '2027-02-01', endsOn: '2027-02-01' },
    ...more,
  });
export const restriction = (personId: string | null, more: Partial<Restriction> = {}): Restriction => ({
  restrictionId: 'r',
  personId,
  kind: personId === null ? 'CARE_ORDER' : 'CONTACT_BAN',
  authority: personId === null ? 'CHILD_WELFARE' : 'POLICE',
  closesAccess: true,
  reviewOn: '2027-05-01',
  ...more,
});
export const nothingElse: Circumstances = { restrictions: [], places: [], namings: [] };
export const says = (
  standings: Record<string, readonly Hold[]>,
  more: Partial<Derivation> = {},
): Derivation => ({
  standings: Object.entries(standings).map(([personId, holds]) => ({ personId, holds })),
  inDoubt: [],
  problems: [],
  isUnread: false,
  protection: 'NONE',
  heldProtection: 'NONE',
  doubts: [],
  endsOn: '2036-06-21',
  ...more,
});
let ids = 0;
export const readAdult = (personId: string, more: Partial<AdultFacts> = {}): AdultFacts => ({
  personId,
  isRead: true,
  isInRegister: true,
  isDead: false,
  hasNationalNumber: true,
  hasFalseIdentity: false,
  isUnreadable: false,
  wasSplit: false,
  protection: 'NONE',
  ...more,
});
export const decide = (
  known: readonly Grant[],
  derivation: Derivation,
  gone: 'DIED' | 'MERGED' | 'NOT_RESPONSIBLE' = 'NOT_RESPONSIBLE',
  more: Partial<GrantContext> = {},
) =>
  decideGrants('child', known, derivation, {
    today,
    adults: new Map(['mother', 'father', 'foster', 'verge'].map((id) => [id, readAdult(id)])),
    restrictions: [],
    opening: 'REGISTER_SAYS_SO',
    isQuarantined: false,
    newId: () => `new-${(ids += 1)}`,
    whyGone: () => gone,
    ...more,
  });
export const confirm = (held: Grant, day = today) => {
  const confirmed = decideConfirmation(held, { confirmationId: 'd', today: day });
  if (!confirmed.ok) throw new Error(confirmed.refusal.kind);
  return confirmed.value;
};
/** What a grant has come to after some changes. */
export const after = (known: Grant, changes: ReturnType<typeof decide>): Grant =>
  changes.find(({ grant: { grantId } }) => grantId === known.grantId)?.grant ?? known;
export const steps = (...of: Parameters<typeof decide>) =>
  decide(...of).map(
    ({ from, grant: { personId, state }, reason }) => `${personId}: ${from} → ${state} (${reason})`,
  );
