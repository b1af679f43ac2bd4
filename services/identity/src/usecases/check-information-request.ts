import type { Actor } from '@ranselpost/kit/pure/actor';
import { type LocalDate, isWithin } from '@ranselpost/kit/pure/dates';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { type HandlingRefusal, type VoidBy, decideCheck } from '../domain/information-request.ts';
import type { UnitKind } from '../domain/staff-roles.ts';
import type { Candidate } from '../store/information-facts.ts';
import * as requests from '../store/information-requests.ts';
import * as texts from '../store/information-texts.ts';
import { type Deps, today } from './deps.ts';
import { type HandlingStep, handleRequest, holdsResponsibility } from './handled-information-request.ts';
import { writeTexts } from './information-texts.ts';

export interface Checked extends HandlingStep {
  /** One of the children whom the request may mean; null for none of them. */
  readonly childId: string | null;
  /** What shows that the asker is a parent, where the register does not. */
  readonly proof: string | null;
  readonly voidBy: VoidBy | null;
  readonly isHarmful: boolean;
  readonly isSecret: boolean;
  readonly note: string | null;
}

/** Says whom a request is about, and what was found about the right to be told (GUA-07, GUA-08). */
export const checkInformationRequest = (
  deps: Deps,
  actor: Actor,
  checked: Checked,
): Promise<Result<{ readonly requestId: string }, HandlingRefusal>> =>
  handleRequest(deps, actor, checked, 'CHECKED', async (tx, { request, handler, register }) => {
    const { requestId, childId, voidBy, isHarmful, isSecret, proof, note } = checked;
    const child = register.candidates.find((candidate) => candidate.childId === childId);
    const decision = decideCheck(
      request,
      { childId, voidBy, isHarmful, isSecret, hasProof: proof !== null },
      {
        candidates: register.candidates.map((candidate) => candidate.childId),
        isParent: child?.isParent === true,
        isHolder: child !== undefined && holdsResponsibility(child, request.askerId),
      },
    );
    if (!decision.ok) return decision;
    const unitId = child === undefined ? null : placeFor(child, request.scope, today(deps));
    await requests.saveCheck(tx, requestId, { ...decision.value, unitId }, handler.personId);
    await texts.remove(tx, requestId, ['PROOF', 'NOTE', 'ANSWER', 'REASONS']);
    await writeTexts(tx, deps.numbers.keys, requestId, {
      ...(proof === null ? {} : { PROOF: proof }),
      ...(note === null ? {} : { NOTE: note }),
    });
    return accept({ ...decision.value, unitId });
  });

/** The unit that the question is about: its leader may handle it too. */
const placeFor = ({ places }: Candidate, scope: UnitKind, day: LocalDate): string | null =>
  places.find(({ kind, from, to }) => kind === scope && isWithin(day, from, to))?.unitId ?? null;
