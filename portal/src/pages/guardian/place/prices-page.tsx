import { type ReactNode, useId, useState } from 'react';
import { Link } from 'wouter';
import { useDay } from '../../../day.ts';
import { Page } from '../../../parts/page.tsx';
import { useWords } from '../../../words/words.ts';
import { type Care, PriceCalculator } from './price-calculator.tsx';

const cares = ['KINDERGARTEN', 'AFTER_SCHOOL'] as const satisfies readonly Care[];

/** What a place costs and when a child may begin, for whoever only wonders. */
export default function PricesPage(): ReactNode {
  const { t } = useWords();
  const today = useDay();
  const id = useId();
  const [care, setCare] = useState<Care>('KINDERGARTEN');
  const year = Number(today.slice(0, 4)) + (today.slice(5) < '08-01' ? 0 : 1);
  const [startsOn, setStartsOn] = useState(`${year}-08-01`);
  return (
    <Page title={t('price.title')}>
      <p>{t('price.lead')}</p>
      <fieldset className="ds-fieldset">
        <legend className="ds-label">{t('price.care')}</legend>
        <div className="row">
          {cares.map((one) => (
            <label key={one} className="choice">
              <input
                type="radio"
                name="care"
                className="ds-input"
                checked={care === one}
                onChange={() => setCare(one)}
              />
              <span>{t(`price.care.${one}`)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <div className="ds-field">
        <label className="ds-label" htmlFor={id}>
          {t('place.start')}
        </label>
        <input
          className="ds-input"
          type="date"
          id={id}
          required
          value={startsOn}
          onChange={({ target }) => target.value !== '' && setStartsOn(target.value)}
        />
      </div>
      <PriceCalculator
        key={care}
        care={care}
        startsOn={startsOn}
        admissionYear={Number(startsOn.slice(0, 4)) - (startsOn.slice(5) < '08-01' ? 1 : 0)}
      />
      <p>
        <Link to="/places" className="ds-link touch">
          {t('place.back')}
        </Link>
      </p>
    </Page>
  );
}
