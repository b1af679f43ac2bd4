import type { ChildAccessQuery } from '../../graph/generated/operations.ts';

export type Entry = NonNullable<NonNullable<ChildAccessQuery['child']>['accessLog']>['nodes'][number];

export interface Gathered {
  readonly entry: Entry;
  /** How often the same was read by the same within the minute. */
  readonly times: number;
}

/** Entries of a log as people read them: one page that asks several times is one line, and says how often. */
export function gathered(entries: readonly Entry[]): readonly Gathered[] {
  const same = Map.groupBy(
    entries,
    ({ readAt, kind, role, staff, unit }) =>
      `${readAt.slice(0, 'YYYY-MM-DDTHH:MM'.length)} ${kind} ${role} ${staff.id} ${unit?.id}`,
  );
  return [...same.values()].map((alike) => ({ entry: alike[0]!, times: alike.length }));
}
