import { localDateAt } from '@ranselpost/kit/pure/dates';
import { registerKeptFrom } from '../domain/calendar.ts';
import * as marks from '../store/marks.ts';
import type { Deps } from './deps.ts';

const atOnce = 2000;

/**
 * Forgets some marks and absences of school years that are over for long, so few that nothing else waits for it, and whoever is killed goes
 * on from there: at schools after as many years as a municipality keeps, elsewhere after one (ABS-04, RET-03). What certificates need
 * stays. Answers whether there may be more.
 */
export const forgetNextOfRegister = (deps: Deps, most = atOnce): Promise<boolean> =>
  deps.db.asService(async (tx) => {
    const today = localDateAt(deps.now());
    return (
      (await marks.forgetRegister(tx, 'SCHOOL', registerKeptFrom(today, deps.registerKeptYears), most)) ||
      (await marks.forgetRegister(tx, 'ELSEWHERE', registerKeptFrom(today, 1), most))
    );
  });
