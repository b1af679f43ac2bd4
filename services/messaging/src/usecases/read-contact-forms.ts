import { aboutNobody } from '@ranselpost/kit/answer';
import { type Actor, isPerson } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import type { ContactForm } from '../domain/contact-form.ts';
import { mayAnswerFor, mayList } from '../domain/safety-concern.ts';
import * as forms from '../store/contact-forms.ts';
import type { PageWanted } from '../store/page.ts';
import type { Deps } from './deps.ts';
import { loadDeskFacts } from './read-safety-concerns.ts';

/** The forms that somebody has sent, newest first (M23). Nobody sees another's. */
export const readContactForms = (
  deps: Deps,
  actor: Actor,
  wanted: PageWanted,
): Promise<readonly ContactForm[]> =>
  deps.db.asActor(actor, async (tx) =>
    aboutNobody(isPerson(actor) ? await forms.list(tx, actor.personId, wanted) : []),
  );

/**
 * The forms that were sent to a unit and how far they have come, for its leader: neither who sent them nor what they say (M23). What
 * is about whoever leads there, for the municipality instead (SKM-04).
 */
export const readUnitContactForms = (
  deps: Deps,
  actor: Actor,
  { unitId, ...wanted }: PageWanted & { readonly unitId: string },
): Promise<readonly ContactForm[]> =>
  deps.db.asActor(actor, async (tx) => {
    const facts = await loadDeskFacts(deps, tx, actor);
    if (!mayList(actor, facts, unitId)) throw new AppError('NOT_FOUND');
    const found = await forms.ofUnit(tx, unitId, wanted);
    return aboutNobody(found.filter((one) => mayAnswerFor(actor, facts, one)));
  });
