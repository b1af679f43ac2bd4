import { addMonths } from '@ranselpost/kit/pure/dates';
import { tellAll } from '@ranselpost/kit/outbox';
import { residenceMonths } from '../domain/applicant.ts';
import * as persons from '../store/persons.ts';
import { type Deps, today } from './deps.ts';
import { toFollowedFacts } from './tell-followed.ts';

const batch = 200;

/** Has the register not asked any more where children live for whom nobody has prepared to apply for a year (BHG-03, FREG-06). */
export async function stopAskingResidence(deps: Deps): Promise<number> {
  let count = 0;
  for (;;) {
    const some = await deps.db.asService(async (tx) => {
      const stopped = await persons.stopApplying(tx, addMonths(today(deps), -residenceMonths), batch);
      const followed = [...(await persons.load(tx, stopped)).values()].flatMap(({ personId, followedAs }) =>
        followedAs === null ? [] : [{ personId, reason: followedAs }],
      );
      await tellAll(tx, await toFollowedFacts({ ...deps, db: tx }, followed));
      return stopped.length;
    });
    count += some;
    if (some < batch) return count;
  }
}
