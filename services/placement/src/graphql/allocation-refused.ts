import type { RoundRefusal } from '../domain/round.ts';
import type { HandRefusal } from '../domain/run-decisions.ts';
import type { RunInvalid } from '../usecases/prepare-run.ts';
import { findingsIn } from '../usecases/publish-round.ts';
import { toShownState } from './admission-round.ts';
import { said } from './refusal-texts.ts';

/** Why nothing was computed, decided or published, as the graph says it. */
export function toAllocationRefused(refusal: RoundRefusal | HandRefusal | RunInvalid) {
  return {
    ...({ __typename: 'AllocationRefused', ...said(refusal.kind) } as const),
    state: 'state' in refusal ? toShownState(refusal.state) : null,
    problems: 'problems' in refusal ? [...refusal.problems] : [],
    findings: refusal.kind === 'E_NOT_PUBLISHABLE' ? [...findingsIn(refusal)] : [],
  };
}
