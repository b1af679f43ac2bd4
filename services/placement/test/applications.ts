import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { addDays } from '@ranselpost/kit/pure/dates';
import { sql } from 'drizzle-orm';
import type { WrittenWish } from '../src/domain/wishes.ts';
import type { StoredApplication } from '../src/store/applications.ts';
import type { Deps } from '../src/usecases/deps.ts';
import { type WrittenDraft, saveApplication } from '../src/usecases/save-application.ts';
import { submitApplication } from '../src/usecases/submit-application.ts';
import { applicants, people, places } from './families.ts';
import { type World, today } from './world.ts';

export type RoundGiven = {
  readonly kind?: 'TRANSFER' | 'MAIN' | 'SUPPLEMENTARY' | 'CONTINUOUS' | 'SFO';
  readonly state?: string;
  readonly deadline?: string | null;
  readonly graceUntil?: string | null;
  readonly wishLimit?: number;
  readonly unitIds?: readonly string[];
};

/** A round as planning would have made it; without more said, a main one that is open, with both kindergartens. */
export async function aRound(
  { database: { admin } }: Pick<World, 'database'>,
  {
    kind = 'MAIN',
    state = 'OPEN',
    deadline = addDays(today, 30),
    graceUntil = null,
    wishLimit = 3,
    unitIds = [places.solhaug, places.fjordbakken],
  }: RoundGiven = {},
): Promise<string> {
  const id = newId();
  await admin`
    insert into admission_round (id, kind, title, admission_year, deadline, grace_until, grace_reason, wish_limit, year_begins, config,
      seed_commitment, planned_at, idempotency_key, state)
    values (${id}, ${kind}, 'Opptak', 2027, ${deadline}, ${graceUntil}, ${graceUntil === null ? null : 'Nede'}, ${wishLimit}, '08-01', '{}',
      ${'0'.repeat(64)}, now(), ${id}, ${state})`;
  for (const unitId of unitIds)
    await admin`insert into round_unit (round_id, unit_id) values (${id}, ${unitId})`;
  return id;
}

export const moveRound = (
  { database: { admin } }: Pick<World, 'database'>,
  id: string,
  state: string,
): Promise<unknown> => admin`update admission_round set state = ${state} where id = ${id}`;

/** Units, most wanted first. */
export const wishesFor = (...unitIds: readonly string[]): readonly WrittenWish[] =>
  unitIds.map((kindergarten, index) => ({ kindergarten, rank: index + 1, sibling: null }));

export const draftFor = (roundId: string, more: Partial<WrittenDraft> = {}): WrittenDraft => ({
  ...{ childId: applicants.ada, roundId, wishes: wishesFor(places.solhaug, places.fjordbakken) },
  ...{ wantedStart: '2027-08-15', version: null },
  guardianIds: [people.mother.personId, people.father.personId],
  ...more,
});

/** Saves a draft; throws where that is refused. */
export async function drafted(deps: Deps, actor: Actor, draft: WrittenDraft): Promise<StoredApplication> {
  const result = await saveApplication(deps, actor, draft);
  if (!result.ok) throw new Error(result.refusal.kind);
  return result.value;
}

/** Saves and sends; throws where that is refused. */
export async function sent(deps: Deps, actor: Actor, draft: WrittenDraft): Promise<StoredApplication> {
  const { id: applicationId } = await drafted(deps, actor, draft);
  const result = await submitApplication(deps, actor, { applicationId, idempotencyKey: newId() });
  if (!result.ok) throw new Error(result.refusal.kind);
  return result.value;
}

/** Takes away all applications, so that tests do not stand in each other's way. */
export const withoutApplications = ({ database: { admin } }: Pick<World, 'database'>): Promise<unknown> =>
  admin`delete from placement_application`;

/** Who was told by notices that something waits for them. */
export async function toldAtHome({ deps }: World): Promise<readonly (readonly string[])[]> {
  const rows = await deps.db.asService((tx) =>
    tx.execute<{ data: { recipients: { personId: string }[] } }>(
      sql`select data from outbox where type = 'placement.notice.due.v1' order by seq nulls last, id`,
    ),
  );
  return rows.map(({ data }) => data.recipients.map(({ personId }) => personId));
}
