import { type Protection, isHidden } from './protection.ts';

/** What leaves about a child, by name. Whatever is in no allow-list stays. */
export type OutboundField =
  | 'NAME'
  | 'BIRTH_YEAR'
  | 'UNIT'
  | 'GROUP'
  | 'PICTURE'
  | 'ADDRESS'
  | 'GUARDIAN_REACH'
  | 'ABSENCE'
  | 'GRADE_LEVEL';

/** Somebody outside who gets data: a learning platform, a map, transport, a photographer. */
export interface Integration {
  readonly fields: readonly OutboundField[];
  readonly unitIds: readonly string[];
  /**
   * What it gets of protected children: nothing, unless it was approved for pseudonyms or for them as they are. An approval is a
   * decision of its own, with an end.
   */
  readonly ofProtected?: { readonly as: 'PSEUDONYMS' | 'THEMSELVES'; readonly until: string };
}

/** A child as it would leave. */
export interface OutboundChild {
  readonly childId: string;
  readonly unitId: string;
  /** What protects the child or somebody whom it concerns. Null: not known, and so as if protected. */
  readonly protection: Protection | null;
  readonly values: Readonly<Partial<Record<OutboundField, string>>>;
}

/** What leaves of a child. */
export interface OutboundRecord {
  readonly subject: string;
  readonly values: Readonly<Partial<Record<OutboundField, string>>>;
}

/** What tells who somebody is, or where: none of it goes with a pseudonym. */
const namesNobody: readonly OutboundField[] = ['ABSENCE', 'GRADE_LEVEL'];
/** What no approval lets go of a protected child. */
const neverOfProtected: readonly OutboundField[] = ['ADDRESS', 'PICTURE'];

/**
 * What an integration gets of some children today (ADR-09, S-08): fields of its allow-list, for its units. Protected children are
 * left out, without a gap or a count; by an approval that has not run out they go under a pseudonym, or as they are but for
 * where they live and how they look.
 */
export function toOutbound(
  children: readonly OutboundChild[],
  { fields, unitIds, ofProtected }: Integration,
  { today, pseudonymOf }: { readonly today: string; readonly pseudonymOf: (childId: string) => string },
): readonly OutboundRecord[] {
  const approved = ofProtected !== undefined && today < ofProtected.until ? ofProtected.as : undefined;
  return children
    .filter(({ unitId }) => unitIds.includes(unitId))
    .flatMap(({ childId, protection, values }) => {
      if (protection !== null && !isHidden(protection))
        return [{ subject: childId, values: only(values, fields) }];
      if (approved === undefined) return [];
      return approved === 'PSEUDONYMS'
        ? [{ subject: pseudonymOf(childId), values: only(values, shared(fields, namesNobody)) }]
        : [{ subject: childId, values: only(values, without(fields, neverOfProtected)) }];
    });
}

const shared = (one: readonly OutboundField[], other: readonly OutboundField[]): readonly OutboundField[] =>
  one.filter((field) => other.includes(field));
const without = (one: readonly OutboundField[], other: readonly OutboundField[]): readonly OutboundField[] =>
  one.filter((field) => !other.includes(field));

const only = (
  values: OutboundChild['values'],
  fields: readonly OutboundField[],
): Readonly<Partial<Record<OutboundField, string>>> =>
  Object.fromEntries(
    fields.flatMap((field) => (values[field] === undefined ? [] : [[field, values[field]]])),
  );
