import type { Tx } from '@ranselpost/kit/database';
import type { Feature } from '@ranselpost/kit/pure/features';
import { sql } from 'drizzle-orm';
import type { Standing, Unit } from '../domain/feature.ts';
import { idsOf, json } from './json.ts';

export interface FeatureOfUnit extends Standing {
  readonly feature: Feature;
}

/** How features stand at a unit, as it was told last. */
export interface UnitFeatures {
  readonly unitId: string;
  readonly revision: number;
  readonly standings: readonly FeatureOfUnit[];
}

/** Every unit there is, with what was told of it; nothing of one that is new. One at a time works on this. */
export async function holdAll(
  tx: Tx,
): Promise<readonly (Unit & { readonly standings: readonly FeatureOfUnit[] })[]> {
  await tx.execute(sql`
    select set_config('lock_timeout', '30000', true), pg_advisory_xact_lock(hashtextextended('features', 0))`);
  const rows = await tx.execute<{
    unit_id: string;
    kind: Unit['kind'];
    standings: readonly FeatureOfUnit[];
  }>(sql`
    select u.unit_id, u.kind, coalesce(f.standings, '[]') as standings
    from unit u left join unit_features f on f.unit_id = u.unit_id where u.is_active order by u.unit_id`);
  return rows.map(({ unit_id, kind, standings }) => ({ unitId: unit_id, kind, standings }));
}

/** Keeps what is told of some units now, under revisions above all that was told before (S-24). */
export async function save(
  tx: Tx,
  changed: readonly Omit<UnitFeatures, 'revision'>[],
): Promise<readonly UnitFeatures[]> {
  if (changed.length === 0) return [];
  const rows = await tx.execute<{ fact: UnitFeatures }>(sql`
    insert into unit_features as known (unit_id, revision, standings)
    select (c->>'unitId')::uuid, snapshot.revision_floor, c->'standings'
    from jsonb_array_elements(${json(changed)}) as c, snapshot
    on conflict (unit_id) do update set revision = greatest(known.revision + 1, excluded.revision), standings = excluded.standings
    returning jsonb_build_object('unitId', unit_id, 'revision', revision, 'standings', standings) as fact`);
  return rows.map(({ fact }) => fact);
}

/** What was told of some units; of those that nothing was told of, nothing. */
export async function told(tx: Tx, unitIds: readonly string[]): Promise<readonly UnitFeatures[]> {
  const rows = await tx.execute<{ fact: UnitFeatures }>(sql`
    select jsonb_build_object('unitId', unit_id, 'revision', revision, 'standings', standings) as fact
    from unit_features where unit_id = any (${idsOf(unitIds)}) order by unit_id`);
  return rows.map(({ fact }) => fact);
}

/** How features stand at those of some units that the actor may know of. */
export async function standings(
  tx: Tx,
  unitIds: readonly string[],
): Promise<ReadonlyMap<string, readonly FeatureOfUnit[]>> {
  const rows = await tx.execute<{ unit_id: string; standings: readonly FeatureOfUnit[] }>(sql`
    select u.unit_id, coalesce(f.standings, '[]') as standings
    from unit u left join unit_features f on f.unit_id = u.unit_id where u.unit_id = any (${idsOf(unitIds)})`);
  return new Map(rows.map(({ unit_id, standings: list }) => [unit_id, list]));
}

/** Every unit after one, in the order of their ids, with how features stand there. */
export async function page(
  tx: Tx,
  after: string | null,
  most: number,
): Promise<readonly Omit<UnitFeatures, 'revision'>[]> {
  const rows = await tx.execute<{ unit_id: string; standings: readonly FeatureOfUnit[] }>(sql`
    select u.unit_id, coalesce(f.standings, '[]') as standings
    from unit u left join unit_features f on f.unit_id = u.unit_id
    where u.is_active and (${after}::uuid is null or u.unit_id > ${after}::uuid) order by u.unit_id limit ${most}`);
  return rows.map(({ unit_id, standings: list }) => ({ unitId: unit_id, standings: list }));
}
