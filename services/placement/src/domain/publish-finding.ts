import { namesIn } from './publication.ts';
import { type PublishBar, type PublishNotice, keyOf } from './publishing.ts';

/** What stands against publishing, and what it is about, by id. */
export interface PublishFinding {
  readonly kind:
    | 'SNAPSHOT_CHANGED'
    | 'INVALID'
    | 'FAULTY'
    | 'UNDECIDED'
    | 'OPEN_OFFER'
    | 'WARNING'
    | 'OVER_CAPACITY'
    | 'SPLIT_FAMILY'
    | 'CHANGED_PLACE'
    | 'LEFT_OUT'
    | 'WITHOUT_RIGHT';
  /** By what it is said to have been seen; null for what has to be settled. */
  readonly key: string | null;
  readonly code: string | null;
  readonly applicationId: string | null;
  readonly unitId: string | null;
}

const nothing = { key: null, code: null, applicationId: null, unitId: null };

/** What stands against publishing, as it is shown; `unitIds` are the units in the order that warnings count them in. */
export function toFinding(bar: PublishBar, unitIds: readonly string[]): PublishFinding {
  switch (bar.kind) {
    case 'snapshot-changed':
      return { ...nothing, kind: 'SNAPSHOT_CHANGED' };
    case 'invalid':
      return { ...nothing, kind: 'INVALID', code: bar.code };
    case 'faulty': {
      const { fault } = bar;
      return {
        ...{ ...nothing, kind: 'FAULTY', code: fault.kind },
        applicationId: 'application' in fault ? fault.application : null,
        unitId: 'pool' in fault ? namesIn(fault.pool).unitId : null,
      };
    }
    case 'undecided':
      // That priority by law is claimed is known by whoever decides on it alone (P24).
      return {
        ...{ ...nothing, kind: 'UNDECIDED', code: bar.flag },
        applicationId: bar.flag === 'law18' ? null : bar.application,
      };
    case 'answering':
      return { ...nothing, kind: 'OPEN_OFFER', applicationId: bar.application };
    case 'unseen':
      return { ...ofNotice(bar, unitIds), key: keyOf(bar) };
  }
}

const kinds = {
  ...{ warning: 'WARNING', 'over-capacity': 'OVER_CAPACITY', 'split-family': 'SPLIT_FAMILY' },
  ...{ 'changed-place': 'CHANGED_PLACE', 'left-out': 'LEFT_OUT' },
  'without-right': 'WITHOUT_RIGHT',
} as const satisfies Record<PublishNotice['what'], PublishFinding['kind']>;

function ofNotice(notice: PublishNotice, unitIds: readonly string[]): PublishFinding {
  const kind = kinds[notice.what];
  switch (notice.what) {
    case 'warning': {
      const at = /^kindergartens\[(\d+)\]/.exec(notice.warning.path)?.[1];
      const unitId = at === undefined ? null : (unitIds[Number(at)] ?? null);
      return { ...nothing, kind, code: notice.warning.code, unitId };
    }
    case 'over-capacity':
      return { ...nothing, kind, unitId: notice.kindergarten };
    case 'split-family':
      // A family is called by one of its applications.
      return { ...nothing, kind, applicationId: notice.family };
    case 'changed-place':
    case 'left-out':
    case 'without-right':
      return { ...nothing, kind, applicationId: notice.application };
  }
}
