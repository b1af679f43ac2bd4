import { type Answer, aboutNobody } from '@ranselpost/kit/answer';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { type AwayRefusal, type OutOfOffice, decideAway, maySetAway } from '../domain/out-of-office.ts';
import { mayListUnit } from '../domain/policy.ts';
import * as away from '../store/out-of-office.ts';
import type { Deps } from './deps.ts';

type Wanted = Omit<OutOfOffice, 'id'>;
type Outcome = Result<OutOfOffice, AwayRefusal>;

/** Says that somebody of the staff is away, and who reads instead. The same said again is the same (M24). */
export const setOutOfOffice = (deps: Deps, actor: Actor, wanted: Wanted): Promise<Outcome> =>
  twice(() =>
    deps.db.decide(
      actor,
      async (tx): Promise<Outcome> => {
        const today = localDateAt(deps.now());
        const facts = await loadAccessFacts(tx, actor, [], today);
        maySetAway(actor, facts, wanted);
        const standing = await away.ofPerson(tx, wanted);
        const same = standing.find((one) => isSame(one, wanted));
        if (same !== undefined) return accept(same);
        const staffIds = await away.staffDuring(tx, wanted);
        const decision = decideAway({ ...wanted, id: deps.newId() }, { today, staffIds, standing });
        if (decision.ok && !(await away.insert(tx, decision.value)))
          throw new AppError('CONFLICT', 'the same was said at the same time');
        return decision;
      },
      async (tx, outcome): Promise<Answer<Outcome>> => {
        await away.forgetPast(tx, localDateAt(deps.now()));
        return aboutNobody(outcome);
      },
    ),
  );

const isSame = (one: OutOfOffice, { from, to, reply, standInId }: Wanted): boolean =>
  one.from === from && one.to === to && one.reply === reply && one.standInId === standInId;

/** Somebody is back, or is not going away. */
export const endOutOfOffice = (deps: Deps, actor: Actor, id: string): Promise<OutOfOffice> =>
  deps.db.asActor(actor, async (tx) => {
    const facts = await loadAccessFacts(tx, actor, [], localDateAt(deps.now()));
    const found = await away.byId(tx, id);
    if (found === undefined) throw new AppError('NOT_FOUND');
    maySetAway(actor, facts, found);
    if (!(await away.remove(tx, id))) throw new AppError('NOT_FOUND');
    return aboutNobody(found);
  });

/** Who is away from a unit or will be, for those who work there; null for everybody else. */
export const readOutOfOffice = (
  deps: Deps,
  actor: Actor,
  unitId: string,
): Promise<readonly OutOfOffice[] | null> =>
  deps.db.asActor(actor, async (tx): Promise<Answer<readonly OutOfOffice[] | null>> => {
    const facts = await loadAccessFacts(tx, actor, [], localDateAt(deps.now()));
    return aboutNobody(mayListUnit(actor, facts, unitId) ? await away.ofUnit(tx, unitId, facts.today) : null);
  });
