import type { Actor } from '@ranselpost/kit/pure/actor';
import type { Result } from '@ranselpost/kit/pure/result';
import { type Refusal, type Statement, decideStatement } from '../domain/feature.ts';
import { type Asking, type Directed, direct } from './direct-feature.ts';
import type { Deps } from './deps.ts';

/** Opens or closes a feature where the actor directs it, or plans that it opens (D01, D04). */
export const stateFeature = (
  deps: Deps,
  actor: Actor,
  { insistsOnDay, ...statement }: Statement & { readonly insistsOnDay: boolean },
  asking: Asking,
): Promise<Result<Directed, Refusal>> =>
  direct(
    deps,
    actor,
    asking,
    () => ({ ...statement, kind: 'STATEMENT', insistsOnDay, cancels: null }),
    (_doing, power, known) => decideStatement(statement, { power, insistsOnDay }, known),
  );
