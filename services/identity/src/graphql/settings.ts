import { channelsFor, obligatoryChannels } from '@ranselpost/kit/pure/dispatch';
import { noticeKinds } from '@ranselpost/schema/events/identity/settings-changed.v1';
import { readSettings } from '../usecases/read-settings.ts';
import type { SettingsResolvers, ViewerResolvers } from './generated/types.ts';
import { toLanguage } from './text-language.ts';

export const ownSettings: NonNullable<ViewerResolvers['settings']> = (_viewer, _arguments, { deps, actor }) =>
  readSettings(deps, actor);

export const settings: Pick<SettingsResolvers, 'language' | 'notices'> = {
  language: ({ language }) => (language === null ? null : toLanguage(language)),
  notices: ({ notices }) =>
    noticeKinds.map((kind) => ({
      kind,
      channels: [...channelsFor(kind, notices)],
      obligatory: [...obligatoryChannels(kind)],
    })),
};
