import { aboutNobody } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { type Settings, nothingChosen, ownerOf } from '../domain/settings.ts';
import * as settings from '../store/settings.ts';
import type { Deps } from './deps.ts';

/** What the actor has chosen for themself. */
export const readSettings = (deps: Deps, actor: Actor): Promise<Settings> =>
  deps.db.asActor(actor, async (tx) => aboutNobody((await settings.of(tx, ownerOf(actor))) ?? nothingChosen));
