import { prepareApplication as prepare, readPreparation } from '../usecases/prepare-application.ts';
import type { MutationResolvers, ViewerResolvers } from './generated/types.ts';
import { type TextLanguage, refusalOf } from './refusal-texts.ts';
import { toTextLanguage } from './text-language.ts';

export const prepareApplication: NonNullable<MutationResolvers['prepareApplication']> = async (
  _parent,
  { input },
  { deps, actor },
) => {
  const language = toTextLanguage(input.language);
  const result = await prepare(deps, actor);
  return result.ok
    ? {
        __typename: 'ApplicationPrepared',
        preparedAt: result.value.askedAt.toISOString(),
        receipt: receipts[language],
      }
    : { __typename: 'ApplicationsClosed', ...refusalOf('APPLICATIONS_CLOSED', language) };
};

export const ownPreparation: NonNullable<ViewerResolvers['applicationPreparedAt']> = async (
  _viewer,
  _arguments,
  { deps, actor },
) => (await readPreparation(deps, actor))?.toISOString() ?? null;

const receipts: Readonly<Record<TextLanguage, string>> = {
  nb: 'Vi spør Folkeregisteret. Barn du kan søke plass for, vises blant barna dine om et øyeblikk. Kvitteringen er den samme for alle. Ser du ikke barnet, kan innbyggerservice hjelpe deg.',
  nn: 'Vi spør Folkeregisteret. Barn du kan søkje plass for, viser seg blant barna dine om litt. Kvitteringa er den same for alle. Ser du ikkje barnet, kan innbyggjarservice hjelpe deg.',
  en: 'We ask the population register. Children for whom you can apply are among your children in a moment. This receipt is the same for everybody. If you do not see the child, the citizen service can help you.',
};
