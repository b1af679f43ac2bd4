import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useWords } from '../../../words/words.ts';
import type { Draft, OwnChild, Round, Step, wrongs } from './draft.ts';
import type { ListedUnit } from './use-catalogue.ts';

/** All that is written, and all that is wrong with it, each with a way to where it is mended. */
export function CheckStep({
  draft,
  round,
  units,
  others,
  wrong,
  problems,
  here,
  child,
}: {
  readonly draft: Draft;
  readonly round: Round;
  readonly units: readonly ListedUnit[];
  readonly others: OwnChild['guardians'];
  readonly wrong: ReturnType<typeof wrongs>;
  /** What the municipality has found wrong with the wishes. */
  readonly problems: readonly { readonly at: number | null; readonly message: string }[];
  readonly here: string;
  readonly child: string;
}): ReactNode {
  const { t, name, longDay, exactly } = useWords();
  const called = (unitId: string): string => units.find(({ id }) => id === unitId)?.name ?? t('place.unit');
  const named = others.filter(({ id }) => draft.guardianIds.includes(id));
  const told: readonly { readonly step: Step; readonly text: string }[] = [
    ...wrong.map(({ step, word }) => ({ step, text: t(word, { limit: round.wishLimit }) })),
    ...problems.map(({ message }) => ({ step: 'wishes' as const, text: message })),
  ];
  const parts = [
    {
      step: 'wishes',
      texts: draft.wishes.map(({ unitId }, at) => t('place.rank', { rank: at + 1, unit: called(unitId) })),
    },
    { step: 'start', texts: [draft.wantedStart === '' ? t('place.whenever') : longDay(draft.wantedStart)] },
    {
      step: 'family',
      texts:
        named.length === 0 ? [t('place.nobodyElse')] : named.map((one) => name(one.name, t('app.someone'))),
    },
  ] as const;
  return (
    <>
      {told.length > 0 && (
        <section className="ds-alert" data-color="danger" aria-labelledby="wrong">
          <h2 className="ds-heading" data-size="xs" id="wrong">
            {t('place.wrong', { count: told.length })}
          </h2>
          <ul>
            {told.map(({ step, text }) => (
              <li key={text}>
                <Link to={`${here}?step=${step}`} className="ds-link touch">
                  {text}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p>{t('place.checkLead', { child, round: round.title })}</p>
      {round.closesAt !== null && <p>{t('place.changeUntil', { instant: exactly(round.closesAt) })}</p>}
      {parts.map(({ step, texts }) => (
        <section key={step} aria-labelledby={`check-${step}`}>
          <h2 className="ds-heading" data-size="xs" id={`check-${step}`}>
            {t(`place.step.${step}`)}
          </h2>
          {texts.map((text) => (
            <p key={text}>{text}</p>
          ))}
          <Link to={`${here}?step=${step}`} className="ds-link touch">
            {t('place.changeOf', { step: t(`place.step.${step}`) })}
          </Link>
        </section>
      ))}
    </>
  );
}
