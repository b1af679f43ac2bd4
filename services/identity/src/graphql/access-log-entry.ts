import { type Page, toPage } from '@ranselpost/kit/connection';
import { AppError } from '@ranselpost/kit/pure/errors';
import { z } from 'zod';
import { toAccessRole } from './access-role.ts';
import type { AccessKind, AccessLogEntryResolvers } from './generated/types.ts';
import type { AccessLogEntryModel } from './types.ts';

/** What is not here is something else to guardians: that somebody has asked about the child is not theirs to learn (ADR-11). */
const kinds: Readonly<Record<string, AccessKind>> = {
  ...{ CHILD: 'CHILD', ABSENCE: 'ABSENCE', MESSAGE: 'MESSAGE', ACCESS: 'ACCESS' },
  ...{ PLACEMENT: 'PLACEMENT', PRIORITY_CLAIM: 'PRIORITY_CLAIM' },
};

export const accessLogEntry: Pick<AccessLogEntryResolvers, 'kind' | 'readAt' | 'role' | 'unit'> = {
  readAt: ({ readAt }) => new Date(readAt).toISOString(),
  kind: ({ kind }) => kinds[kind] ?? 'OTHER',
  role: ({ role }) => toAccessRole(role),
  unit: ({ unitId }, _arguments, { units }) => (unitId === null ? null : units.load(unitId)),
};

const placeSchema = z
  .string()
  .regex(/^\d{1,15}\/\d{1,9}$/)
  .transform((key) => key.split('/').map(Number));

/** The place in the log that a cursor stands for. */
export function readPlace(key: string | null): { block: number; place: number } | null {
  if (key === null) return null;
  const [block, place] = placeSchema.safeParse(key).data ?? [];
  if (block === undefined || place === undefined)
    throw new AppError('BAD_USER_INPUT', 'the cursor is not one of ours');
  return { block, place };
}

export const toLogPage = (
  readings: readonly AccessLogEntryModel[],
  first: number,
  after: string | null,
): Page<AccessLogEntryModel> => toPage(readings, first, after, ({ block, place }) => `${block}/${place}`);
