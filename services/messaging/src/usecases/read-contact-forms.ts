import { aboutNobody } from '@ranselpost/kit/answer';
import { loadAccessFacts } from '@ranselpost/kit/grounds';
import { type Actor, isPerson } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type ContactForm, type SafetyConcern, leads } from '../domain/contact-form.ts';
import * as forms from '../store/contact-forms.ts';
import type { Deps } from './deps.ts';

/** The forms that somebody has sent, newest first (M23). Nobody sees another's. */
export const readContactForms = (
  deps: Deps,
  actor: Actor,
  wanted: forms.PageWanted,
): Promise<readonly ContactForm[]> =>
  deps.db.asActor(actor, async (tx) =>
    aboutNobody(isPerson(actor) ? await forms.list(tx, actor.personId, wanted) : []),
  );

/** The forms that were sent to a unit and how far they have come, for its leader: neither who sent them nor what they say (M23). */
export const readUnitContactForms = (
  deps: Deps,
  actor: Actor,
  { unitId, ...wanted }: forms.PageWanted & { readonly unitId: string },
): Promise<readonly ContactForm[]> =>
  deps.db.asActor(actor, async (tx) => {
    const facts = await loadAccessFacts(tx, actor, [], localDateAt(deps.now()));
    if (!leads(actor, facts, unitId)) throw new AppError('NOT_FOUND');
    return aboutNobody(await forms.ofUnit(tx, unitId, wanted));
  });

/** What may have to be looked into at a unit, for its leader (SKM-03). For anybody else there is no such list. */
export const readSafetyConcerns = (
  deps: Deps,
  actor: Actor,
  { unitId, ...wanted }: forms.PageWanted & { readonly unitId: string },
): Promise<readonly SafetyConcern[]> =>
  deps.db.asActor(actor, async (tx) => {
    const facts = await loadAccessFacts(tx, actor, [], localDateAt(deps.now()));
    if (!leads(actor, facts, unitId)) throw new AppError('NOT_FOUND');
    return aboutNobody(await forms.concerns(tx, unitId, wanted));
  });
