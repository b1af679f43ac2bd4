import type { LocalDate } from '@ranselpost/kit/pure/dates';
import type { Feature } from '@ranselpost/kit/pure/features';
import type { Notice, Place, Power } from './feature.ts';
import type { Basis } from './grants.ts';
import {
  type Matter,
  type Outcome,
  matterOfClosing,
  matterOfGranting,
  matterOfHolds,
  matterOfLifting,
  matterOfNaming,
  matterOfReleasing,
} from './decisions.ts';
import type { Hold } from './guardianship.ts';
import type { MunicipalRole } from './municipal-roles.ts';
import type { NamingLevel } from './naming.ts';
import type { Protection } from './protection.ts';
import type { RestrictionKind, Authority } from './restrictions.ts';
import type { StaffRoleKind } from './staff-roles.ts';

/** What is decided: a person's words about it stand apart. Another kind of decision is another member. */
export type Subject =
  | {
      readonly kind: 'CONFIRM_GRANT';
      readonly childId: string;
      readonly personId: string;
      readonly grantId: string;
      /** What was looked at. What comes later is not let through by it. */
      readonly holds: readonly Hold[];
    }
  | {
      readonly kind: 'GRANT_ACCESS';
      readonly childId: string;
      readonly personId: string;
      readonly basis: Basis;
      readonly endsOn: LocalDate;
    }
  | {
      readonly kind: 'IMPOSE_RESTRICTION';
      readonly childId: string;
      readonly personId: string | null;
      readonly restrictionId: string;
      readonly restriction: RestrictionKind;
      readonly authority: Authority;
      readonly closesAccess: boolean;
      readonly reviewOn: LocalDate;
    }
  | {
      readonly kind: 'LIFT_RESTRICTION';
      readonly childId: string;
      readonly restrictionId: string;
      readonly authority: Authority;
    }
  | {
      readonly kind: 'RELEASE_PROTECTION';
      readonly childId: string;
      readonly from: Protection;
      readonly to: Protection;
    }
  | {
      readonly kind: 'NAME_STAFF';
      readonly childId: string;
      readonly personId: string;
      readonly login: string;
      /** What was looked at. */
      readonly level: NamingLevel;
      readonly from: LocalDate;
      readonly to: LocalDate;
    }
  | {
      readonly kind: 'END_NAMING';
      readonly childId: string;
      readonly personId: string;
      readonly namingId: string;
    }
  | {
      readonly kind: 'CLOSE_WORK_ITEM';
      readonly childId: string | null;
      readonly workItemId: string;
      readonly item: string;
    }
  | {
      readonly kind: 'ASSIGN_ROLE';
      readonly personId: string;
      readonly login: string;
      readonly role: MunicipalRole;
      readonly from: LocalDate;
      readonly to: LocalDate;
    }
  | {
      readonly kind: 'ASSIGN_SUBSTITUTE';
      readonly personId: string;
      readonly login: string;
      readonly role: StaffRoleKind;
      readonly unitId: string;
      readonly groupId: string | null;
      readonly from: LocalDate;
      readonly to: LocalDate;
    }
  | {
      readonly kind: 'END_ROLE';
      readonly personId: string;
      readonly roleId: string;
      /** Null for a role in the whole municipality. */
      readonly unitId: string | null;
    }
  | {
      readonly kind: 'RELEASE_QUARANTINE' | 'REFUSE_QUARANTINE';
      readonly quarantineId: string;
      /** How much was held when it was looked at. */
      readonly heldGrants: number;
    }
  | {
      readonly kind: 'REOPEN_FEATURE';
      /** What is written down when it is approved, under the key of whoever proposed it. */
      readonly actId: string;
      readonly feature: Feature;
      readonly place: Place;
      readonly opensOn: LocalDate | null;
      readonly insistsOnDay: boolean;
      readonly notice: Notice | null;
      readonly power: Power;
      /** The emergency stops that were looked at. What is stopped later stays stopped. */
      readonly lifts: readonly string[];
      readonly idempotencyKey: string;
      readonly requestHash: string;
    };

/** A decision as it stands: proposed, and what came of it. */
export interface Proposal<Of extends Subject = Subject> {
  readonly proposalId: string;
  readonly subject: Of;
  readonly needsTwo: boolean;
  readonly proposedBy: string;
  readonly proposedAt: string;
  /** The first day that it cannot be decided any more. */
  readonly expiresOn: LocalDate;
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  /** Null while it waits for somebody else. */
  readonly outcome: Outcome | null;
  readonly reasonId: string | null;
}

/** What a proposal is about, which says who may decide it. `held` is the protection that concerns the child now. */
export function matterOf(subject: Subject, held: Protection): Matter {
  switch (subject.kind) {
    case 'CONFIRM_GRANT':
      return matterOfHolds(subject.holds);
    case 'GRANT_ACCESS':
      return matterOfGranting(held);
    case 'IMPOSE_RESTRICTION':
      return 'IMPOSE_RESTRICTION';
    case 'LIFT_RESTRICTION':
      return matterOfLifting(subject);
    case 'RELEASE_PROTECTION':
      return matterOfReleasing(subject.from);
    case 'NAME_STAFF':
      return matterOfNaming(held);
    case 'END_NAMING':
      return 'END_NAMING';
    case 'CLOSE_WORK_ITEM':
      return matterOfClosing(subject.item);
    case 'ASSIGN_ROLE':
      return 'ASSIGN_MUNICIPAL_ROLE';
    case 'END_ROLE':
      return subject.unitId === null ? 'END_MUNICIPAL_ROLE' : 'END_SUBSTITUTE';
    case 'ASSIGN_SUBSTITUTE':
      return 'ASSIGN_SUBSTITUTE';
    case 'REOPEN_FEATURE':
    case 'RELEASE_QUARANTINE':
    case 'REFUSE_QUARANTINE':
      return subject.kind;
  }
}

/** Whether what was looked at when it was proposed is not what is there now: a decision is on what was seen. */
export function isOutdated(proposed: Subject, now: Subject): boolean {
  if (proposed.kind === 'CONFIRM_GRANT' && now.kind === 'CONFIRM_GRANT')
    return !now.holds.every((hold) => proposed.holds.includes(hold));
  if (proposed.kind === 'RELEASE_QUARANTINE' && now.kind === 'RELEASE_QUARANTINE')
    return now.heldGrants > proposed.heldGrants;
  if (proposed.kind === 'RELEASE_PROTECTION' && now.kind === 'RELEASE_PROTECTION')
    return proposed.from !== now.from || proposed.to !== now.to;
  if (proposed.kind === 'NAME_STAFF' && now.kind === 'NAME_STAFF') return proposed.level !== now.level;
  return false;
}
