import { localDateAt } from '@ranselpost/kit/pure/dates';
import { causesKeptFrom } from '../domain/absence.ts';
import * as absences from '../store/absences.ts';
import type { ClockDeps } from './deps.ts';

const atOnce = 2000;

/** Forgets why children were away, a while after they were; that they were stays (ABS-04, decision 0047). Answers of how many days. */
export async function forgetCauses(deps: ClockDeps): Promise<number> {
  const from = causesKeptFrom(localDateAt(deps.now()), deps.causeKeptDays);
  for (let all = 0; ;) {
    const forgotten = await deps.db.asService((tx) => absences.forgetCauses(tx, from, atOnce));
    all += forgotten;
    if (forgotten < atOnce) return all;
  }
}
