import type { Absence } from '../domain/absence.ts';

/** What every absence has that a test says nothing of: reported in time, for the whole day, and standing. */
export const asReported: Omit<Absence, 'id' | 'childId' | 'unitId' | 'day' | 'cause'> = {
  ...{ correlationId: 'act', reportedAt: new Date(0), isLate: false, arrivesAt: null, leavesAt: null },
  ...{ correctedAt: null, withdrawnAt: null, leaveId: null, repeats: [], changes: [] },
};
