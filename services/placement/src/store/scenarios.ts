import type { Tx } from '@ranselpost/kit/database';
import { type SQL, sql } from 'drizzle-orm';
import type { StoredScenario } from '../domain/run-record.ts';

type Json = Omit<StoredScenario, 'savedAt'> & { readonly savedAt: string };

const select = async (tx: Tx, where: SQL): Promise<readonly StoredScenario[]> =>
  (
    await tx.execute<{ scenario: Json }>(sql`
      select jsonb_build_object('id', s.id, 'roundId', s.round_id, 'name', s.name, 'version', s.version, 'seed', s.seed,
        'changes', s.changes, 'savedBy', s.saved_by, 'savedAt', s.saved_at) as scenario
      from scenario s where ${where}`)
  ).map(({ scenario }) => ({ ...scenario, savedAt: new Date(scenario.savedAt) }));

export const byId = async (tx: Tx, id: string): Promise<StoredScenario | undefined> =>
  (await select(tx, sql`s.id = ${id}`))[0];

export const byKey = async (tx: Tx, savedBy: string, key: string): Promise<StoredScenario | undefined> =>
  (await select(tx, sql`s.saved_by = ${savedBy} and s.idempotency_key = ${key}`))[0];

/** Of each name the version that was saved last; at most 100 names. */
export const ofRound = (tx: Tx, roundId: string) =>
  select(
    tx,
    sql`s.round_id = ${roundId} and not exists (
      select from scenario later where later.round_id = s.round_id and later.name = s.name and later.version > s.version)
      order by s.name limit 100`,
  );

export async function insert(
  tx: Tx,
  one: Omit<StoredScenario, 'version'> & { readonly idempotencyKey: string },
): Promise<void> {
  await tx.execute(sql`
    insert into scenario (id, round_id, name, version, seed, changes, saved_by, saved_at, idempotency_key)
    values (${one.id}, ${one.roundId}, ${one.name},
      (select coalesce(max(version), 0) + 1 from scenario where round_id = ${one.roundId} and name = ${one.name}),
      ${one.seed}, ${JSON.stringify(one.changes)}::jsonb, ${one.savedBy}, ${one.savedAt.toISOString()}::timestamptz, ${one.idempotencyKey})
    on conflict do nothing`);
}
