import { AppError } from '@ranselpost/kit/pure/errors';
import type { NamedChild } from '../usecases/named-child.ts';
import { requestInformation as request } from '../usecases/request-information.ts';
import type { MutationResolvers, RequestInformationInput } from './generated/types.ts';
import { readKey, requireText, seenAnew } from './information-request.ts';
import { type TextLanguage, refusalOf } from './refusal-texts.ts';
import { toTextLanguage } from './text-language.ts';

export const requestInformation: NonNullable<MutationResolvers['requestInformation']> = async (
  _parent,
  { input },
  context,
) => {
  const language = toTextLanguage(input.language);
  const result = await request(context.deps, context.actor, {
    scope: input.scope,
    child: readChild(input),
    askerName: requireText(input.askerName, 200),
    question: requireText(input.question, 2000),
    form: language === 'nn' ? 'nn' : 'nb',
    idempotencyKey: readKey(input.idempotencyKey),
  });
  return result.ok
    ? {
        __typename: 'InformationRequested',
        request: await seenAnew(context, result.value.requestId),
        receipt: receipts[language],
      }
    : {
        __typename: 'InformationTooManyRequests',
        ...refusalOf('INFORMATION_TOO_MANY_REQUESTS', language),
      };
};

/** By number or by name: what a number looks like is no secret, and whose it is is not asked here (GUA-20). */
function readChild({ childNumber, childName, childBirthDate }: RequestInformationInput): NamedChild {
  const number = childNumber?.replaceAll(/\s/g, '') ?? null;
  const isByName = childName != null && childBirthDate != null;
  if ((number !== null) === isByName || (number !== null && !/^\d{11}$/.test(number)))
    throw new AppError(
      'BAD_USER_INPUT',
      'a child is named by eleven digits, or by name and birth date: one of the two',
    );
  return number === null
    ? { kind: 'name', name: requireText(childName!, 200), birthDate: childBirthDate! }
    : { kind: 'number', number };
}

const receipts: Readonly<Record<TextLanguage, string>> = {
  nb: 'Spørsmålet er mottatt. Svaret kommer her. Kvitteringen er den samme for alle og sier ikke om barnet er kjent i kommunen.',
  nn: 'Spørsmålet er motteke. Svaret kjem her. Kvitteringa er den same for alle og seier ikkje om barnet er kjent i kommunen.',
  en: 'The question has been received. The answer comes here. This receipt is the same for everybody and does not say whether the child is known in the municipality.',
};
