import { type NoticeLanguage, obligatoryChannels } from '@ranselpost/kit/pure/dispatch';
import { noticeChannels } from '@ranselpost/schema/events/identity/settings-changed.v1';
import { AppError } from '@ranselpost/kit/pure/errors';
import type { SettingsChange } from '../domain/settings.ts';
import { updateSettings as update } from '../usecases/update-settings.ts';
import type { MutationResolvers, UpdateSettingsInput } from './generated/types.ts';
import { refusalOf } from './refusal-texts.ts';

export const updateSettings: NonNullable<MutationResolvers['updateSettings']> = async (
  _parent,
  { input },
  { deps, actor },
) => {
  const result = await update(deps, actor, readChange(input));
  if (result.ok) return { __typename: 'SettingsUpdated', settings: result.value };
  const { notice } = result.refusal;
  return {
    __typename: 'SettingsNoticeObligatory',
    ...refusalOf('SETTINGS_NOTICE_OBLIGATORY'),
    ...{ kind: notice, channels: [...obligatoryChannels(notice)] },
  };
};

function readChange({
  language,
  notices,
  namesChild,
  quietHours,
  digestAt,
}: UpdateSettingsInput): SettingsChange {
  const kinds = (notices ?? []).map(({ kind }) => kind);
  if (new Set(kinds).size < kinds.length) throw new AppError('BAD_USER_INPUT', 'a kind is named twice');
  return {
    ...(language === undefined
      ? {}
      : { language: language === null ? null : (language.toLowerCase() as NoticeLanguage) }),
    ...(notices == null
      ? {}
      : {
          notices: Object.fromEntries(
            notices.map(({ kind, channels }) => [
              kind,
              noticeChannels.filter((one) => channels.includes(one)),
            ]),
          ),
        }),
    ...(namesChild == null ? {} : { namesChild }),
    ...(quietHours === undefined ? {} : { quietHours }),
    ...(digestAt === undefined ? {} : { digestAt }),
  };
}
