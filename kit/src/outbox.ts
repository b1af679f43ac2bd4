import { sql } from 'drizzle-orm';
import { newId } from './ids.ts';
import type { DataOf, EventContract } from '@ranselpost/schema/events/event';
import type { Tx } from './database.ts';

/**
 * Tells a fact, in the transaction that makes it true: it is published if and only if the transaction commits (S-21).
 * Throws when the data does not keep the contract.
 */
export async function tell<Contract extends EventContract>(
  tx: Tx,
  contract: Contract,
  data: DataOf<Contract>,
): Promise<void> {
  await tellAll(tx, [fact(contract, data)]);
}

/** A fact to be told, checked against its contract. */
export interface Fact {
  readonly type: string;
  readonly subject: string;
  readonly data: unknown;
}

/** Checks a fact without telling it yet. Throws when the data does not keep the contract. */
export function fact<Contract extends EventContract>(contract: Contract, data: DataOf<Contract>): Fact {
  const parsed = contract.data.parse(data) as Record<string, unknown>;
  return { type: contract.type, subject: String(parsed[contract.about]), data: parsed };
}

/** Tells many facts with one statement, in the order given. */
export async function tellAll(tx: Tx, facts: readonly Fact[]): Promise<void> {
  if (facts.length === 0) return;
  const rows = facts.map((told) => ({ event_id: newId(), ...told }));
  await tx.execute(sql`
    insert into outbox (event_id, type, subject, data)
    select (row->>'event_id')::uuid, row->>'type', row->>'subject', row->'data'
    from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) with ordinality as rows(row, place)
    order by place`);
}
