import type { Tx } from '@ranselpost/kit/database';
import { type SQL, sql } from 'drizzle-orm';
import type { Proposal, Subject } from '../domain/proposals.ts';
import type { Outcome } from '../domain/decisions.ts';
import { idsOf, json } from './json.ts';

/** A proposal to be stored; decided at once by whoever makes it, when it needs nobody else. */
export interface NewProposal {
  readonly proposalId: string;
  readonly subject: Subject;
  readonly needsTwo: boolean;
  readonly isDecided: boolean;
  readonly proposedBy: string;
  readonly expiresOn: string;
  readonly idempotencyKey: string;
  /** What was asked for under the key, in hex. */
  readonly requestHash: string;
  readonly reasonId: string | null;
}

/** The ids that have columns of their own, so that the database can hold them against other rows. */
const referring = ['childId', 'personId', 'grantId', 'restrictionId'] as const;

const columns = sql`jsonb_build_object('proposalId', proposal_id, 'subject', payload || jsonb_strip_nulls(jsonb_build_object(
    'kind', kind, 'grantId', grant_id, 'restrictionId', restriction_id))
    || case when payload ? 'childId' then jsonb_build_object('childId', human(child_id)) else '{}' end
    || case when payload ? 'personId' then jsonb_build_object('personId', human(person_id)) else '{}' end,
  'needsTwo', needs_two, 'proposedBy', proposed_by, 'proposedAt', proposed_at, 'expiresOn', expires_on,
  'decidedBy', decided_by, 'decidedAt', decided_at, 'outcome', outcome, 'reasonId', reason_id)`;

const select = async (tx: Tx, where: SQL, limit = sql``): Promise<readonly Proposal[]> =>
  (
    await tx.execute<{ proposal: Proposal }>(sql`
      select ${columns} as proposal from proposal where ${where} order by proposed_at, proposal_id ${limit}`)
  ).map(({ proposal }) => proposal);

/** Stores a proposal; false when one that is about the same thing waits already. */
export async function insert(tx: Tx, proposal: NewProposal): Promise<boolean> {
  const { subject, proposedBy, isDecided } = proposal;
  const { kind, ...rest } = subject;
  const ids = Object.fromEntries(
    referring.map((name) => [name, (rest as Readonly<Record<string, unknown>>)[name] ?? null]),
  ) as Readonly<Record<(typeof referring)[number], string | null>>;
  const stored = await tx.execute(sql`
    insert into proposal (proposal_id, kind, child_id, person_id, grant_id, restriction_id, payload, reason_id, needs_two,
      proposed_by, expires_on, idempotency_key, request_hash, decided_by, decided_at, outcome)
    values (${proposal.proposalId}, ${kind}, ${ids.childId}, ${ids.personId}, ${ids.grantId}, ${ids.restrictionId},
      ${json(rest)}, ${proposal.reasonId}, ${proposal.needsTwo}, ${proposedBy}, ${proposal.expiresOn},
      ${proposal.idempotencyKey}, decode(${proposal.requestHash}, 'hex'), ${isDecided ? proposedBy : null}, ${isDecided ? sql`now()` : null},
      ${isDecided ? 'APPLIED' : null})
    on conflict do nothing returning proposal_id`);
  return stored.length > 0;
}

/** Notes what came of a proposal. Whoever calls it has seen that it waits, in this transaction's turn. */
export async function decide(
  tx: Tx,
  proposalId: string,
  { decidedBy, outcome }: { readonly decidedBy: string; readonly outcome: Outcome },
): Promise<void> {
  await tx.execute(sql`
    update proposal set decided_by = ${decidedBy}, decided_at = now(), outcome = ${outcome}
    where proposal_id = ${proposalId} and outcome is null`);
}

export async function load(tx: Tx, proposalId: string): Promise<Proposal | undefined> {
  return (await select(tx, sql`proposal_id = ${proposalId}`))[0];
}

/** What somebody proposed under a key of theirs, and whether it was the same that they ask for now. */
export async function underKey(
  tx: Tx,
  proposedBy: string,
  { idempotencyKey, requestHash }: Pick<NewProposal, 'idempotencyKey' | 'requestHash'>,
): Promise<{ readonly proposal: Proposal; readonly isSame: boolean } | undefined> {
  const [row] = await tx.execute<{ proposal: Proposal; is_same: boolean }>(sql`
    select ${columns} as proposal, request_hash = decode(${requestHash}, 'hex') as is_same
    from proposal where proposed_by = ${proposedBy} and idempotency_key = ${idempotencyKey}`);
  return row === undefined ? undefined : { proposal: row.proposal, isSame: row.is_same };
}

/** The one that waits and is about the same as another. */
export async function waitingBeside(tx: Tx, subject: Subject): Promise<Proposal | undefined> {
  const said = subject as Readonly<Record<string, unknown>>;
  const [found] = await select(
    tx,
    sql`outcome is null and kind = ${subject.kind}
      and (child_id, person_id, grant_id, restriction_id, coalesce(payload->>'role', payload->>'actId')) is not distinct from
        (${said['childId'] ?? null}::uuid, ${said['personId'] ?? null}::uuid, ${said['grantId'] ?? null}::uuid,
         ${said['restrictionId'] ?? null}::uuid, ${said['role'] ?? said['actId'] ?? null}::text)`,
  );
  return found;
}

/** All decisions about some children, and those that wait, oldest first. */
export const ofChildren = (tx: Tx, childIds: readonly string[]): Promise<readonly Proposal[]> =>
  childIds.length === 0
    ? Promise.resolve([])
    : select(tx, sql`child_id = any (with_merged(${idsOf(childIds)}))`);

/** Lets proposals run out that nobody has decided in time. Answers how many. */
export async function expire(tx: Tx, today: string): Promise<number> {
  const expired = await tx.execute(sql`
    update proposal set outcome = 'EXPIRED', decided_at = now() where outcome is null and expires_on <= ${today}::date
    returning proposal_id`);
  return expired.length;
}

/** Those that wait: about some children, and for roles and features where that is said; oldest first. */
export const waiting = (
  tx: Tx,
  {
    childIds,
    withRoles,
    withQuarantine,
    after,
    first,
  }: {
    readonly childIds: readonly string[];
    readonly withRoles: boolean;
    readonly withQuarantine: boolean;
    readonly after: { readonly at: string; readonly id: string } | null;
    readonly first: number;
  },
): Promise<readonly Proposal[]> =>
  select(
    tx,
    sql`outcome is null and (child_id = any (with_merged(${idsOf(childIds)})) or (kind in ('ASSIGN_ROLE', 'REOPEN_FEATURE') and ${withRoles})
      or (kind = 'RELEASE_QUARANTINE' and ${withQuarantine}))
      and (${after?.id ?? null}::uuid is null
        or (proposed_at, proposal_id) > (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))`,
    sql`limit ${first + 1}`,
  );
