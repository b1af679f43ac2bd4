import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import type { Result } from '@ranselpost/kit/pure/result';
import { decideComplaint } from '../domain/information-request.ts';
import { lawProfile } from '../domain/law-profile.ts';
import * as entries from '../store/information-entries.ts';
import * as requests from '../store/information-requests.ts';
import { type Deps, today } from './deps.ts';
import { writeTexts } from './information-texts.ts';
import { type OwnStep, changeOwn } from './own-information-request.ts';

type Refusal = { readonly kind: 'nothing-refused' | 'already-complained' };

/** Complains about a refusal. The complaint is archived, from where it goes to the county governor (GUA-08, ADM-06). */
export const complainAboutInformationRequest = (
  deps: Deps,
  actor: Actor,
  wanted: OwnStep & { readonly text: string },
): Promise<Result<{ readonly requestId: string }, Refusal>> =>
  changeOwn(deps, actor, wanted, 'COMPLAINED', async (tx, request, now) => {
    const { requestId, closedAt } = request;
    const decision = decideComplaint(request, today(deps), lawProfile(localDateAt(closedAt ?? now)));
    if (!decision.ok) return decision;
    await requests.markComplained(tx, requestId, now);
    await writeTexts(tx, deps.numbers.keys, requestId, { COMPLAINT: wanted.text });
    await entries.add(tx, { entryId: deps.newId(), requestId, kind: 'COMPLAINT' });
    return decision;
  });
