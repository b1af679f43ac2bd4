import { aboutNobody } from '@ranselpost/kit/answer';
import { tellAll } from '@ranselpost/kit/outbox';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import type { Result } from '@ranselpost/kit/pure/result';
import { isDeepStrictEqual } from 'node:util';
import {
  type NoticeObligatory,
  type Settings,
  type SettingsChange,
  decideSettings,
  ownerOf,
} from '../domain/settings.ts';
import * as noticeNames from '../store/notice-names.ts';
import * as settings from '../store/settings.ts';
import type { Deps } from './deps.ts';
import { toSettingsFact } from './tell-settings.ts';

/** Changes what the actor has chosen for themself, and tells it to whoever sends. The same once more tells nothing. */
export const updateSettings = (
  deps: Deps,
  actor: Actor,
  change: SettingsChange,
): Promise<Result<Settings, NoticeObligatory>> =>
  deps.db.decide(
    actor,
    async () => ownerOf(actor),
    async (tx, owner) => {
      const known = await settings.hold(tx, owner);
      // Whoever has signed in is somebody; a token that outlived them names nobody.
      if (known === undefined) throw new AppError('NOT_FOUND');
      const decision = decideSettings(known, change);
      if (decision.ok && !isDeepStrictEqual(decision.value, known)) {
        const revision = await settings.save(tx, owner, decision.value);
        // Whoever sends forgets the names with the choice; asked for again, they are news, also before it was seen that they were gone.
        if (decision.value.namesChild && !known.namesChild)
          await noticeNames.forgetTold(tx, [owner.personId]);
        await tellAll(tx, [toSettingsFact({ ...decision.value, ...owner, revision })]);
      }
      return aboutNobody(decision);
    },
  );
