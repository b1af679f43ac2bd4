import { aboutNobody } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { accept } from '@ranselpost/kit/pure/result';
import { twice } from '@ranselpost/kit/twice';
import { type WrittenApplication, decideChange } from '../domain/application.ts';
import { mayApplyFor } from '../domain/application-policy.ts';
import { toTheSecond } from '../domain/deadline.ts';
import { areTooMany } from '../domain/wishes.ts';
import * as applications from '../store/applications.ts';
import {
  type Outcome,
  decideFeatures,
  loadRound,
  lockApplication,
  siblingsNamed,
} from './application-facts.ts';
import type { Deps } from './deps.ts';
import { tooMany } from './save-application.ts';
import { asItStands } from './submit-application.ts';
import { tellOthersAtHome } from './tell-application.ts';

export interface WrittenChange extends WrittenApplication {
  readonly applicationId: string;
  /** The version that was read: what another guardian has written since is not written over (GUA-03). */
  readonly version: number;
  readonly idempotencyKey: string;
}

interface Changed {
  readonly outcome: Outcome;
  readonly isNew: boolean;
  readonly by: string;
}

/** Changes what was sent, while the round takes applications (BHG-07). Either guardian does, and the other one is told. */
export async function changeApplication(
  deps: Deps,
  actor: Actor,
  { applicationId, version, idempotencyKey, ...written }: WrittenChange,
): Promise<Outcome> {
  const now = deps.now();
  if (areTooMany(written.wishes)) return tooMany;
  return twice(() =>
    deps.db.decide(
      actor,
      async (tx): Promise<Changed> => {
        const { application, facts } = await lockApplication(tx, actor, applicationId, now);
        mayApplyFor(actor, facts, application.childId);
        const by = actor.personId;
        if ((await applications.receivedUnder(tx, applicationId, idempotencyKey)) !== null)
          return { outcome: accept(application), isNew: false, by };
        const { childId, roundId, guardianIds, origin } = application;
        const siblings = await siblingsNamed(tx, actor, childId, written.wishes, now);
        const decision = decideChange(application, written, {
          ...(await loadRound(tx, roundId, { now, siblings })),
          version,
        });
        if (!decision.ok) return { outcome: decision, isNew: false, by };
        const { wishes } = decision.value;
        const { wantedStart } = written;
        const isOpen = await decideFeatures(tx, facts, wishes);
        if (!isOpen.ok) return { outcome: isOpen, isNew: false, by };
        await applications.insertReceipt(tx, {
          ...{ applicationId, childId, origin, wishes, wantedStart, guardianIds, idempotencyKey },
          ...{ version: decision.value.version, receivedAt: toTheSecond(now), receivedBy: by },
        });
        return { outcome: accept(await asItStands(tx, applicationId)), isNew: true, by };
      },
      async (tx, { outcome, isNew, by }) => {
        if (outcome.ok && isNew) await tellOthersAtHome(tx, deps, outcome.value, by);
        return aboutNobody(outcome);
      },
    ),
  );
}
