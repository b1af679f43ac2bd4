import type { ReactNode } from 'react';
import { useWords } from '../../words/words.ts';
import { type TodayChild, useToday } from './use-today.ts';

type Unit = TodayChild['enrolments'][number]['unit'];
type Standing = Unit['features'][number];

/** What each page is about, as the municipality opens and closes it. */
type Feature = Standing['feature'];

/** What is stopped at the units of one's children, or not open there, and what to do instead (D02, X07). Without `of`, whatever was stopped. */
export function Stopped({ of }: { readonly of?: Feature }): ReactNode {
  const children = useToday().data?.data.viewer?.children ?? [];
  const units = new Map(children.flatMap(({ enrolments }) => enrolments.map(({ unit }) => [unit.id, unit])));
  const isTold = ({ feature, state }: Standing): boolean =>
    of === undefined ? state === 'SUSPENDED' : feature === of && state !== 'OPEN';
  return [...units.values()].flatMap((unit) =>
    unit.features
      .filter(isTold)
      .map((standing) => <Notice key={standing.id} unit={unit} standing={standing} />),
  );
}

function Notice({ unit, standing }: { readonly unit: Unit; readonly standing: Standing }): ReactNode {
  const { t, day, language } = useWords();
  const { feature, state, opensOn, notice, contact } = standing;
  const written = language === 'nn' || language === 'en' ? language : 'nb';
  return (
    <section
      className="ds-alert"
      data-color="warning"
      aria-label={`${t(`feature.${feature}`)}, ${unit.name}`}
    >
      <p>
        <strong>
          {t(`feature.${feature}`)}, {unit.name}: {t(`feature.state.${state}`)}
        </strong>{' '}
        {opensOn !== null && state === 'ANNOUNCED' && t('feature.opensOn', { day: day(opensOn) })}
      </p>
      {notice !== null && <p lang={written}>{notice[written]}</p>}
      {contact !== null && (
        <ul className="lines">
          {contact.phone !== null && (
            <li>
              <a className="ds-link" href={`tel:${contact.phone.replaceAll(' ', '')}`}>
                {t('feature.call', { unit: unit.name, phone: contact.phone })}
              </a>
            </li>
          )}
          {contact.email !== null && (
            <li>
              <a className="ds-link" href={`mailto:${contact.email}`}>
                {contact.email}
              </a>
            </li>
          )}
          {contact.openingHours !== null && <li>{contact.openingHours}</li>}
        </ul>
      )}
    </section>
  );
}
