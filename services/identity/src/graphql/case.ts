import { readPage, toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import { z } from 'zod';
import type { Ground, Basis } from '../domain/grants.ts';
import {
  type CaseView,
  type ItemPlace,
  type ProposalView,
  readProposals,
  readWorkItems,
} from '../usecases/read-cases.ts';
import type {
  CaseGrantResolvers,
  GrantGround,
  GuardianshipCaseResolvers,
  ProposalKind,
  ProposalResolvers,
  QueryResolvers,
  RestrictionResolvers,
  WorkItemKind,
  WorkItemResolvers,
} from './generated/types.ts';
import type { Context } from './types.ts';

const toGround = (ground: Ground, basis: Basis | null): GrantGround =>
  ground === 'MANUAL' ? (basis ?? 'DOCUMENTED_RESPONSIBILITY') : ground;

export const caseQueries: Required<Pick<QueryResolvers, 'workItems' | 'guardianshipCase' | 'proposals'>> = {
  workItems: async (_parent, { kind, ...page }, { deps, actor }) => {
    const { first, after, cursor } = readPlaced(page);
    const ofKind =
      kind === 'OTHER'
        ? { kind: null, kindsExcept: Object.keys(itemKinds) }
        : { kind: kind ?? null, kindsExcept: [] };
    const found = await readWorkItems(deps, actor, { first, after, ...ofKind });
    if (found === null) throw new AppError('NOT_FOUND');
    return toPage(found, first, cursor, ({ openedAt, id }) => `${openedAt}/${id}`);
  },
  guardianshipCase: async (_parent, { childId }, { cases }) => {
    const found = await cases.load(childId);
    if (found === null) throw new AppError('NOT_FOUND');
    return found;
  },
  proposals: async (_parent, page, { deps, actor }) => {
    const { first, after, cursor } = readPlaced(page);
    const found = await readProposals(deps, actor, { first, after });
    if (found === null) throw new AppError('NOT_FOUND');
    return toPage(found, first, cursor, ({ proposedAt, proposalId }) => `${proposedAt}/${proposalId}`);
  },
};

const placeSchema = z
  .string()
  .transform((key) => key.split('/'))
  .pipe(z.tuple([z.iso.datetime({ offset: true }), z.uuid()]));

export function readPlaced(page: {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}): { readonly first: number; readonly after: ItemPlace | null; readonly cursor: string | null } {
  const { first, after: cursor } = readPage(page);
  if (cursor === null) return { first, after: null, cursor };
  const place = placeSchema.safeParse(cursor);
  if (!place.success) throw new AppError('BAD_USER_INPUT', 'the cursor is not one of ours');
  return { first, after: { at: place.data[0], id: place.data[1] }, cursor };
}

export const guardianshipCase: Pick<GuardianshipCaseResolvers, 'workItems'> = {
  workItems: ({ items }) => items,
};

export const caseGrant: Pick<CaseGrantResolvers, 'ground'> = {
  ground: ({ ground, basis }) => toGround(ground, basis),
};

export const restriction: Pick<RestrictionResolvers, 'id' | 'adult'> = {
  id: ({ restrictionId }) => restrictionId,
  adult: ({ person }) => person,
};

/** What the graph has a word for. Anything else is somebody's who runs the system, and must not break a list. */
const itemKinds: Readonly<Record<Exclude<WorkItemKind, 'OTHER'>, true>> = {
  PROTECTION: true,
  PROTECTION_LOWERED: true,
  D_NUMBER: true,
  FALSE_IDENTITY: true,
  GIVEN_TO_OTHERS: true,
  BIRTH_DATE_MISSING: true,
  NOT_IN_REGISTER: true,
  NO_RESPONSIBILITY: true,
  RESPONSIBILITY_UNKNOWN: true,
  RESPONSIBILITY_UNHEARD_OF: true,
  ORGANISATION_RESPONSIBLE: true,
  NOBODY_NAMED: true,
  NUMBER_NOT_ACCEPTED: true,
  CONTRADICTORY: true,
  HOLDER_UNIDENTIFIED: true,
  SECOND_HOLDER_UNIDENTIFIED: true,
  NO_LIVING_HOLDER: true,
  REPRESENTATIVE_APPOINTED: true,
  DECISION_RUNS_OUT: true,
  RESTRICTION_REVIEW: true,
  REGISTER_DISAGREES: true,
  REGISTER_UNREADABLE: true,
  SPLIT: true,
  RESPONSIBILITY_ANNULLED: true,
  NO_STAFF_NAMED: true,
  REGISTER_QUARANTINE: true,
  REFUSED_IN_QUARANTINE: true,
  LOST_BEFORE_RESTORE: true,
};
const isItemKind = (kind: string): kind is WorkItemKind => kind in itemKinds;

export const workItem: Pick<WorkItemResolvers, 'kind' | 'case'> = {
  kind: ({ kind }) => (isItemKind(kind) ? kind : 'OTHER'),
  case: ({ childId }, _arguments, { cases }) => (childId === null ? null : cases.load(childId)),
};

const proposalKinds: Readonly<Record<Exclude<ProposalKind, 'OTHER'>, true>> = {
  CONFIRM_GRANT: true,
  GRANT_ACCESS: true,
  IMPOSE_RESTRICTION: true,
  LIFT_RESTRICTION: true,
  RELEASE_PROTECTION: true,
  CLOSE_WORK_ITEM: true,
  ASSIGN_ROLE: true,
  ASSIGN_SUBSTITUTE: true,
  END_ROLE: true,
  NAME_STAFF: true,
  END_NAMING: true,
  RELEASE_QUARANTINE: true,
  REFUSE_QUARANTINE: true,
};
const isProposalKind = (kind: string): kind is ProposalKind => kind in proposalKinds;

const caseOf = async ({ subject }: ProposalView, { cases }: Context): Promise<CaseView | null> =>
  'childId' in subject && subject.childId !== null ? cases.load(subject.childId) : null;

export const proposal: Omit<ProposalResolvers, '__isTypeOf'> = {
  id: ({ proposalId }) => proposalId,
  kind: ({ subject: { kind } }) => (isProposalKind(kind) ? kind : 'OTHER'),
  state: ({ outcome }) => outcome ?? 'WAITING',
  needsSecondPerson: ({ needsTwo }) => needsTwo,
  adult: ({ person }) => person,
  case: (proposal, _arguments, context) => caseOf(proposal, context),
  grant: async (proposal, _arguments, context) => {
    const { subject } = proposal;
    if (subject.kind !== 'CONFIRM_GRANT') return null;
    return (await caseOf(proposal, context))?.grants.find(({ id }) => id === subject.grantId) ?? null;
  },
  restriction: async (proposal, _arguments, context) => {
    const { subject } = proposal;
    if (!('restrictionId' in subject)) return null;
    const known = (await caseOf(proposal, context))?.restrictions;
    return known?.find(({ restrictionId }) => restrictionId === subject.restrictionId) ?? null;
  },
  ground: ({ subject }) => (subject.kind === 'GRANT_ACCESS' ? subject.basis : null),
  endsOn: ({ subject }) => (subject.kind === 'GRANT_ACCESS' ? subject.endsOn : null),
  naming: ({ subject }) => (subject.kind === 'NAME_STAFF' ? subject : null),
  role: ({ subject }) => {
    if (subject.kind === 'ASSIGN_ROLE')
      return { ...subject, municipalRole: subject.role, substituteRole: null };
    return subject.kind === 'ASSIGN_SUBSTITUTE'
      ? { ...subject, municipalRole: null, substituteRole: subject.role }
      : null;
  },
};
