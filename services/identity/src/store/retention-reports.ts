import type { Tx } from '@ranselpost/kit/database';
import { sql } from 'drizzle-orm';

export interface Report {
  readonly day: string;
  readonly startedAt: string;
  /** Null while it goes on. */
  readonly finishedAt: string | null;
  readonly scanned: number;
  readonly unacknowledged: readonly {
    readonly service: string;
    readonly count: number;
    readonly since: string | null;
  }[];
}

/** How many of a kind, last at a unit, were found so. Numbers, and nobody. */
export interface ReportFigure {
  readonly unitId: string | null;
  readonly kind: string;
  readonly state: string;
  readonly rule: string;
  readonly count: number;
}

const instant = (text: string | null): string | null => (text === null ? null : new Date(text).toISOString());

export async function load(tx: Tx, day: string | null, services: readonly string[]): Promise<Report | null> {
  const [run] = await tx.execute<{
    day: string;
    started_at: string;
    finished_at: string | null;
    scanned: number;
  }>(sql`
    select day, started_at, finished_at, scanned from retention_run
    where ${day === null} or day = ${day}::date order by retention_run.day desc limit 1`);
  if (run === undefined) return null;
  const waiting = await tx.execute<{ service: string; count: number; since: string | null }>(sql`
    select service, count, since from access.unacknowledged(${`{${services.join()}}`}::text[]) order by service`);
  return {
    day: run.day,
    startedAt: instant(run.started_at)!,
    finishedAt: instant(run.finished_at),
    scanned: run.scanned,
    unacknowledged: waiting.map((row) => ({ ...row, since: instant(row.since) })),
  };
}

/** Where a page of figures goes on after: what tells them apart, in their order. */
export type FigurePlace = readonly [unitId: string, kind: string, state: string, rule: string];

const noUnit = '00000000-0000-0000-0000-000000000000';

export const placeOf = ({ unitId, kind, state, rule }: ReportFigure): FigurePlace => [
  unitId ?? noUnit,
  kind,
  state,
  rule,
];

export async function figures(
  tx: Tx,
  { day, first, after }: { readonly day: string; readonly first: number; readonly after: FigurePlace | null },
): Promise<readonly ReportFigure[]> {
  const [unitId, kind, state, rule] = after ?? [noUnit, '', '', ''];
  const rows = await tx.execute<ReportFigure & Record<string, unknown>>(sql`
    select unit_id as "unitId", kind, state, rule, count from retention_figure
    where day = ${day}::date
      and (coalesce(unit_id, ${noUnit}::uuid), kind, state, rule) > (${unitId}::uuid, ${kind}, ${state}, ${rule})
    order by coalesce(unit_id, ${noUnit}::uuid), kind, state, rule limit ${first + 1}`);
  return [...rows];
}
