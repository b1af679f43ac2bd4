import type { NoticeChannel, NoticeKind } from '@ranselpost/kit/pure/dispatch';
import { type Fact, fact } from '@ranselpost/kit/outbox';
import { settingsChangedV1 } from '@ranselpost/schema/events/identity/settings-changed.v1';
import * as settings from '../store/settings.ts';
import type { EventDeps } from './deps.ts';

/** What some people have chosen, as it was told last; of whom nothing was ever told, nothing. */
export const settingsFacts = async (
  { db }: EventDeps,
  personIds: readonly string[],
): Promise<readonly Fact[]> => (await settings.told(db, personIds)).map(toSettingsFact);

export const toSettingsFact = ({ notices, ...told }: settings.ToldSettings): Fact =>
  fact(settingsChangedV1, {
    ...told,
    notices: (Object.entries(notices) as [NoticeKind, readonly NoticeChannel[]][]).map(
      ([kind, channels]) => ({
        kind,
        channels: [...channels],
      }),
    ),
  });
