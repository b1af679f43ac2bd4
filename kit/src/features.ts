import { sql } from 'drizzle-orm';
import type { Tx } from './database.ts';
import type { CopyFacts } from './grounds.ts';
import { type Feature, type FeatureStandings, type UnitFeature, standingsOf } from './pure/features.ts';

/**
 * How a feature stands at some units, by the access copy: what `loadAccessFacts` has brought already, and what it has not.
 * Whoever wants to do something with it asks `requireFeature` of kit/pure/features next; a copy that is too old has
 * refused the whole request before (S-04).
 */
export async function loadFeature(
  tx: Tx,
  feature: Feature,
  { features }: Pick<CopyFacts, 'features'>,
  unitIds: readonly string[],
): Promise<FeatureStandings> {
  const { atUnits } = standingsOf(feature, features);
  const missing = [...new Set(unitIds)].filter((unitId) => !atUnits.has(unitId));
  if (missing.length === 0) return { feature, atUnits };
  const rows = await tx.execute<{ known: UnitFeature }>(sql`
    select jsonb_build_object('unitId', unit_id, 'feature', feature, 'state', state, 'opensOn', opens_on,
      'isReadable', is_readable) as known
    from access.feature where feature = ${feature}
      and unit_id::text in (select jsonb_array_elements_text(${JSON.stringify(missing)}::jsonb))`);
  return standingsOf(feature, [...features, ...rows.map(({ known }) => known)]);
}
