import { localDateAt } from '@ranselpost/kit/pure/dates';
import { registerKeptFrom } from '../domain/calendar.ts';
import { isCopyFresh } from '../store/copy.ts';
import * as marks from '../store/marks.ts';
import type { TimerDeps } from './deps.ts';

const atOnce = 2000;

/**
 * Forgets some marks and absences of school years that are over for long, so few that nothing else waits for it, and whoever is killed goes
 * on from there: at schools after as many years as a municipality keeps, elsewhere after one (ABS-04, RET-03). What certificates need
 * stays, and so does everything while the copy cannot say what that is. Answers whether there may be more.
 */
export const forgetNextOfRegister = (deps: TimerDeps, most = atOnce): Promise<boolean> =>
  deps.db.asService(async (tx) => {
    const today = localDateAt(deps.now());
    const [atSchools, elsewhere] = [
      registerKeptFrom(today, deps.registerKeptYears),
      registerKeptFrom(today, 1),
    ];
    if (atSchools === null || elsewhere === null || !(await isCopyFresh(tx, deps.maxStaleness))) return false;
    return (
      (await marks.forgetRegister(tx, 'SCHOOL', atSchools, most)) ||
      (await marks.forgetRegister(tx, 'ELSEWHERE', elsewhere, most))
    );
  });
