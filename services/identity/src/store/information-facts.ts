import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';
import type { UnitKind } from '../domain/staff-roles.ts';
import { idsOf } from './json.ts';
import type { NameView } from './views.ts';

/** A place where a child is, was or will be, by name. */
export interface NamedPlace {
  readonly unitId: string;
  readonly kind: UnitKind;
  readonly unit: string;
  readonly groups: readonly string[];
  readonly from: string;
  readonly to: string | null;
}

/** A child whom a request may mean, with what the register says of who holds responsibility for it. */
export interface Candidate {
  readonly childId: string;
  readonly name: NameView | null;
  readonly birthDate: string | null;
  /** The register names the asker as a parent without responsibility. */
  readonly isParent: boolean;
  /** The municipality restricts the asker's access to the child, or everybody's by a care order (GUA-12). */
  readonly isAskerRestricted: boolean;
  readonly entries: readonly {
    readonly value: string;
    readonly kind: string;
    readonly holderId: string | null;
    readonly name: NameView | null;
  }[];
  readonly places: readonly NamedPlace[];
}

export interface RequestFacts {
  /** The asker's name, where the register has told it. */
  readonly askerName: NameView | null;
  readonly candidates: readonly Candidate[];
}

/** What the register says that staff need to check requests they handle; nothing for those they do not. */
export async function ofRequests(
  tx: Tx,
  requestIds: readonly string[],
): Promise<ReadonlyMap<string, RequestFacts>> {
  if (requestIds.length === 0) return new Map();
  const rows = await tx.execute<{ request_id: string; facts: RequestFacts }>(sql`
    select request_id, facts from access.register_of(${idsOf(requestIds)})`);
  return new Map(rows.map(({ request_id, facts }) => [request_id, facts]));
}

/** Of some requests, those that are the actor's own, or may be about a child who is anything to them. */
export async function involvedIn(tx: Tx, requestIds: readonly string[]): Promise<readonly string[]> {
  if (requestIds.length === 0) return [];
  const [row] = await tx.execute<{ ids: readonly string[] }>(
    sql`select access.involved_in(${idsOf(requestIds)}) as ids`,
  );
  return row!.ids;
}
