import { sql } from 'drizzle-orm';
import type { Tx } from './database.ts';
import type { Feature, FeatureStanding, FeatureStandings } from './pure/features.ts';

/**
 * Loads from the access copy how a feature stands at some units. Whoever wants to do something with it asks
 * `requireFeature` of kit/pure/features next; a copy that is too old has refused the whole request before (S-04).
 */
export async function loadFeature(
  tx: Tx,
  feature: Feature,
  unitIds: readonly string[],
): Promise<FeatureStandings> {
  const rows = await tx.execute<{ unit_id: string; standing: FeatureStanding }>(sql`
    select unit_id, jsonb_build_object('state', state, 'opensOn', opens_on, 'isReadable', is_readable) as standing
    from access.feature where feature = ${feature}
      and unit_id::text in (select jsonb_array_elements_text(${JSON.stringify(unitIds)}::jsonb))`);
  return { feature, atUnits: new Map(rows.map(({ unit_id, standing }) => [unit_id, standing])) };
}
