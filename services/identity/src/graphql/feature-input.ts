import { AppError } from '@ranselpost/kit/pure/errors';
import type { Notice, Place } from '../domain/feature.ts';
import type { FeatureNoticeInput, FeaturePlaceInput } from './generated/types.ts';

const bad = (what: string): never => {
  throw new AppError('BAD_USER_INPUT', what);
};

/** The place that an input names: one of the three, and units named once each. */
export function readPlace({ everywhere, unitKind, unitIds }: FeaturePlaceInput): Place {
  const named = [everywhere === true, (unitKind ?? null) !== null, (unitIds ?? null) !== null];
  if (named.filter(Boolean).length !== 1 || everywhere === false) return bad('a place is one of the three');
  if (everywhere === true) return { level: 'MUNICIPALITY' };
  if (unitKind !== null && unitKind !== undefined) return { level: 'UNIT_KIND', unitKind };
  const ids = [...new Set(unitIds)].toSorted();
  return ids.length >= 1 && ids.length <= 500
    ? { level: 'UNIT', unitIds: ids }
    : bad('a place names 1 to 500 units');
}

/** A text of 1 to so many characters. */
export const readText = (text: string, most: number): string =>
  text.trim().length >= 1 && text.trim().length <= most
    ? text.trim()
    : bad(`a text has 1 to ${most} characters`);

export const readOptionalText = (text: string | null | undefined, most: number): string | null =>
  text === null || text === undefined ? null : readText(text, most);

export const readNotice = (notice: FeatureNoticeInput | null | undefined): Notice | null =>
  notice === null || notice === undefined
    ? null
    : { nb: readText(notice.nb, 1000), nn: readText(notice.nn, 1000), en: readText(notice.en, 1000) };

/** What every change of features carries: why, and a key of the caller's own. */
export const readReasonAndKey = ({
  reason,
  idempotencyKey,
}: {
  readonly reason: string;
  readonly idempotencyKey: string;
}) => ({ reason: readText(reason, 500), idempotencyKey: readText(idempotencyKey, 64) });
