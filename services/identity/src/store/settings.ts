import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { Owner, Settings } from '../domain/settings.ts';
import { toldAs } from './facts.ts';
import { idsOf, json } from './json.ts';

const chosen = sql`jsonb_build_object('language', language, 'notices', notices, 'namesChild', names_child,
  'quietHours', case when quiet_from is not null then jsonb_build_object('from', quiet_from, 'to', quiet_to) end,
  'digestAt', digest_at)`;

/** Undefined where nothing was ever chosen. */
export async function of(tx: Tx, { personId, capacity }: Owner): Promise<Settings | undefined> {
  const [row] = await tx.execute<{ settings: Settings }>(sql`
    select ${chosen} as settings from person_settings where person_id = ${personId} and capacity = ${capacity}`);
  return row?.settings;
}

/** The same, held until the end of the transaction: of two changes at once the later sees the earlier. */
export async function hold(tx: Tx, owner: Owner): Promise<Settings | undefined> {
  const { personId, capacity } = owner;
  await tx.execute(sql`
    insert into person_settings (person_id, capacity)
    select person_id, ${capacity} from person where person_id = ${personId} on conflict do nothing`);
  const [row] = await tx.execute<{ settings: Settings }>(sql`
    select ${chosen} as settings from person_settings
    where person_id = ${personId} and capacity = ${capacity} for update`);
  return row?.settings;
}

export interface ToldSettings extends Settings, Owner {
  readonly revision: number;
}

/** Keeps what somebody has chosen, and answers the revision to tell it under. */
export async function save(
  tx: Tx,
  { personId, capacity }: Owner,
  { language, notices, namesChild, quietHours, digestAt }: Settings,
): Promise<number> {
  const [row] = await tx.execute<{ revision: number }>(sql`
    update person_settings set language = ${language}, notices = ${json(notices)}, names_child = ${namesChild},
      quiet_from = ${quietHours?.from ?? null}, quiet_to = ${quietHours?.to ?? null}, digest_at = ${digestAt},
      revision = greatest(revision + 1,
        (select revision_floor from snapshot) + case when revision > 0 then 1 else 0 end)
    where person_id = ${personId} and capacity = ${capacity} returning revision`);
  return row!.revision;
}

/** What some people have chosen, with the revision that it was told under last. */
export async function told(tx: Tx, personIds: readonly string[]): Promise<readonly ToldSettings[]> {
  const rows = await tx.execute<{ told: ToldSettings }>(sql`
    select ${chosen} || jsonb_build_object('personId', person_id, 'capacity', capacity, 'revision', ${toldAs(sql`revision`)}) as told
    from person_settings where person_id = any (${idsOf(personIds)}) and revision > 0 order by person_id, capacity`);
  return rows.map((row) => row.told);
}

/** Two ids are one human: hands over what the one had chosen, where the one that stays has chosen nothing itself. */
export async function handOver(tx: Tx, merged: string): Promise<void> {
  await tx.execute(sql`select hand_over_settings(${merged})`);
}
