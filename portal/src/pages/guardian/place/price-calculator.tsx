import { type ReactNode, useId, useState } from 'react';
import { PlacePrices, PlaceStart } from '../../../graph/generated/operations.ts';
import { useGraph } from '../../../graph/use-graph.ts';
import { Said } from '../../../parts/said.tsx';
import { Read } from '../../../parts/states.tsx';
import { daysAfter, writeMonth } from '../../../words/dates.ts';
import { useWords } from '../../../words/words.ts';
import { kronerOf, spansOf } from './price-spans.ts';

export type Care = 'KINDERGARTEN' | 'AFTER_SCHOOL';

const months = 12;
const grades = [1, 2, 3, 4] as const;
const mostChildren = 10;

interface Imagined {
  readonly key: string;
  readonly bornOn: string;
  /** Null until somebody has chosen: the longest week. */
  readonly weeklyHours: number | null;
  readonly grade: number;
}

const another = (): Imagined => ({
  ...{ key: crypto.randomUUID(), bornOn: '' },
  weeklyHours: null,
  grade: 1,
});

/** When a child may begin and what that costs, of nobody in particular: nothing of it is kept (P19, P30). */
export function PriceCalculator({
  care,
  startsOn,
  admissionYear,
}: {
  readonly care: Care;
  readonly startsOn: string;
  readonly admissionYear: number;
}): ReactNode {
  const { t } = useWords();
  const [children, setChildren] = useState<readonly Imagined[]>(() => [another()]);
  const [income, setIncome] = useState('');
  const id = useId();
  const hours = useHours(care, startsOn);
  const asked = children.flatMap(({ key, bornOn, weeklyHours, grade }) =>
    bornOn === '' || hours.length === 0
      ? []
      : [
          {
            ...{ key, bornOn, startsOn, weeklyHours: weeklyHours ?? hours[0]! },
            ...(care === 'AFTER_SCHOOL' && { grade }),
          },
        ],
  );
  const change = (key: string, changed: Partial<Imagined>): void =>
    setChildren((known) => known.map((one) => (one.key === key ? { ...one, ...changed } : one)));
  return (
    <div className="form">
      {children.map(({ key, bornOn, weeklyHours, grade }, at) => (
        <fieldset key={key} className="ds-fieldset">
          <legend className="ds-label">{t('price.child', { at: at + 1 })}</legend>
          <div className="row">
            <div className="ds-field">
              <label className="ds-label" htmlFor={`${id}-born-${key}`}>
                {t('price.born')}
              </label>
              <input
                className="ds-input"
                type="date"
                id={`${id}-born-${key}`}
                value={bornOn}
                max={startsOn}
                onChange={({ target }) => change(key, { bornOn: target.value })}
              />
            </div>
            {hours.length > 1 && (
              <div className="ds-field">
                <label className="ds-label" htmlFor={`${id}-hours-${key}`}>
                  {t('price.hours')}
                </label>
                <select
                  className="ds-input"
                  id={`${id}-hours-${key}`}
                  value={weeklyHours ?? hours[0]}
                  onChange={({ target }) => change(key, { weeklyHours: Number(target.value) })}
                >
                  {hours.map((one) => (
                    <option key={one} value={one}>
                      {one}
                    </option>
                  ))}
                </select>
              </div>
            )}
            {care === 'AFTER_SCHOOL' && (
              <div className="ds-field">
                <label className="ds-label" htmlFor={`${id}-grade-${key}`}>
                  {t('price.grade')}
                </label>
                <select
                  className="ds-input"
                  id={`${id}-grade-${key}`}
                  value={grade}
                  onChange={({ target }) => change(key, { grade: Number(target.value) })}
                >
                  {grades.map((one) => (
                    <option key={one} value={one}>
                      {one}
                    </option>
                  ))}
                </select>
              </div>
            )}
          </div>
          {care === 'KINDERGARTEN' && bornOn !== '' && (
            <Start bornOn={bornOn} admissionYear={admissionYear} />
          )}
        </fieldset>
      ))}
      <div className="row">
        {children.length < mostChildren && (
          <button
            type="button"
            className="ds-button"
            data-variant="tertiary"
            onClick={() => setChildren([...children, another()])}
          >
            {t('price.addChild')}
          </button>
        )}
        {children.length > 1 && (
          <button
            type="button"
            className="ds-button"
            data-variant="tertiary"
            onClick={() => setChildren(children.slice(0, -1))}
          >
            {t('price.removeChild')}
          </button>
        )}
      </div>
      <div className="ds-field">
        <label className="ds-label" htmlFor={`${id}-income`}>
          {t('price.income')}
        </label>
        <p id={`${id}-income-note`} className="quiet">
          {t('price.incomeNote')}
        </p>
        <input
          className="ds-input"
          inputMode="numeric"
          id={`${id}-income`}
          aria-describedby={`${id}-income-note`}
          value={income}
          onChange={({ target }) => setIncome(target.value.replaceAll(/\D/g, '').slice(0, 9))}
        />
      </div>
      {asked.length > 0 && <Prices {...{ care, startsOn }} asked={asked} income={income} />}
    </div>
  );
}

/** The hours a week that there are places of, most first: whoever asks for others is told. */
function useHours(care: Care, startsOn: string): readonly number[] {
  const { data } = useGraph(PlacePrices, {
    input: {
      ...{ care, from: startsOn, months: 1 },
      children: [{ key: 'any', bornOn: startsOn, startsOn, weeklyHours: 1, grade: 1 }],
    },
  });
  const answered = data?.data.placePrices;
  return answered?.__typename === 'PlacePricesRefused'
    ? (answered.weeklyHours ?? []).toSorted((one, other) => other - one)
    : [];
}

function Start({
  bornOn,
  admissionYear,
}: {
  readonly bornOn: string;
  readonly admissionYear: number;
}): ReactNode {
  const { t, longDay } = useWords();
  const answer = useGraph(PlaceStart, { bornOn, admissionYear });
  return (
    <div role="status">
      <Read from={answer}>
        {({ data: { placeStart } }) => (
          <p>
            {placeStart === null
              ? t('price.noRight', { year: admissionYear })
              : t('price.right', {
                  earliest: longDay(placeStart.earliest),
                  latest: longDay(placeStart.latest),
                })}
          </p>
        )}
      </Read>
    </div>
  );
}

function Prices({
  care,
  startsOn,
  asked,
  income,
}: {
  readonly care: Care;
  readonly startsOn: string;
  readonly asked: readonly {
    readonly key: string;
    readonly bornOn: string;
    readonly startsOn: string;
    readonly weeklyHours: number;
    readonly grade?: number;
  }[];
  readonly income: string;
}): ReactNode {
  const { t, language } = useWords();
  const monthOf = (month: string): string => writeMonth(language, `${month}-01`);
  const answer = useGraph(PlacePrices, {
    input: {
      ...{ care, children: [...asked], from: startsOn, months },
      ...(income !== '' && { yearlyIncome: Number(income), reductionAppliedOn: daysAfter(startsOn, -1) }),
    },
  });
  return (
    <Read from={answer}>
      {({ data: { placePrices: said } }) =>
        said.__typename === 'PlacePrices' ? (
          <table className="ds-table" data-size="sm">
            <caption>{t('price.table')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('price.month')}</th>
                <th scope="col">{t('price.place')}</th>
                <th scope="col">{t('price.food')}</th>
                <th scope="col">{t('price.sum')}</th>
              </tr>
            </thead>
            <tbody>
              {spansOf(said.months).map(({ first, last, place, food }) => (
                <tr key={first}>
                  <th scope="row">
                    {first === last
                      ? monthOf(first)
                      : t('price.span', { first: monthOf(first), last: monthOf(last) })}
                  </th>
                  <td>{kronerOf(place)}</td>
                  <td>{kronerOf(food)}</td>
                  <td>{kronerOf(place + food)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : (
          <Said error={null} refusal={'message' in said ? said.message : undefined} />
        )
      }
    </Read>
  );
}
