import { type ReactNode, useRef, useState } from 'react';
import { useWords } from '../../../words/words.ts';
import { type OwnChild, type Wish, moved } from './draft.ts';
import type { ListedUnit } from './use-catalogue.ts';

/** What is wished for, most wanted first: ordered by buttons, which everybody can use. */
export function WishesStep({
  wishes,
  change,
  units,
  limit,
  siblings,
}: {
  readonly wishes: readonly Wish[];
  readonly change: (wishes: readonly Wish[]) => void;
  readonly units: readonly ListedUnit[];
  readonly limit: number;
  /** The writer's other children. */
  readonly siblings: readonly OwnChild[];
}): ReactNode {
  const { t, name } = useWords();
  const [said, setSaid] = useState('');
  const heading = useRef<HTMLHeadingElement>(null);
  const called = (unitId: string): string => units.find(({ id }) => id === unitId)?.name ?? t('place.unit');
  const move = (at: number, by: -1 | 1): void => {
    change(moved(wishes, at, by));
    setSaid(t('place.moved', { unit: called(wishes[at]!.unitId), rank: at + by + 1 }));
  };
  const left = units.filter(({ id }) => !wishes.some(({ unitId }) => unitId === id));
  return (
    <>
      <p>{t('place.wishesLead', { limit })}</p>
      <h2 className="ds-heading" data-size="sm" tabIndex={-1} ref={heading} id="wished">
        {t('place.wished')}
      </h2>
      {wishes.length === 0 && <p className="quiet">{t('place.wishedNone')}</p>}
      <ol className="cards" aria-labelledby="wished">
        {wishes.map((wish, at) => {
          const unit = called(wish.unitId);
          return (
            <li key={wish.unitId} className="ds-card">
              <p>
                <strong>{t('place.rank', { rank: at + 1, unit })}</strong>
              </p>
              {siblings
                .filter(({ enrolments }) => enrolments.some((one) => one.unit.id === wish.unitId))
                .map((sibling) => (
                  <label key={sibling.id} className="choice">
                    <input
                      type="checkbox"
                      className="ds-input"
                      checked={wish.siblingId === sibling.id}
                      onChange={({ target }) =>
                        change(wishes.with(at, { ...wish, siblingId: target.checked ? sibling.id : null }))
                      }
                    />
                    <span>{t('place.sibling', { name: name(sibling.name, t('app.child')), unit })}</span>
                  </label>
                ))}
              <div className="row">
                <button
                  type="button"
                  className="ds-button"
                  data-variant="secondary"
                  aria-disabled={at === 0}
                  aria-label={t('place.upOf', { unit })}
                  onClick={() => at > 0 && move(at, -1)}
                >
                  {t('place.up')}
                </button>
                <button
                  type="button"
                  className="ds-button"
                  data-variant="secondary"
                  aria-disabled={at === wishes.length - 1}
                  aria-label={t('place.downOf', { unit })}
                  onClick={() => at < wishes.length - 1 && move(at, 1)}
                >
                  {t('place.down')}
                </button>
                <button
                  type="button"
                  className="ds-button"
                  data-variant="tertiary"
                  aria-label={t('place.removeOf', { unit })}
                  onClick={() => {
                    change(wishes.filter(({ unitId }) => unitId !== wish.unitId));
                    setSaid(t('place.removed', { unit }));
                    heading.current?.focus();
                  }}
                >
                  {t('place.remove')}
                </button>
              </div>
            </li>
          );
        })}
      </ol>
      <p role="status" className="ds-sr-only">
        {said}
      </p>
      <h2 className="ds-heading" data-size="sm" id="catalogue">
        {t('place.catalogue')}
      </h2>
      {wishes.length >= limit && <p className="quiet">{t('place.full', { limit })}</p>}
      {left.length === 0 && wishes.length === 0 && <p>{t('place.noUnits')}</p>}
      <ul className="lines" aria-labelledby="catalogue">
        {left.map(({ id, name: unit, ownership, visitingAddress, phone }) => (
          <li key={id} className="row">
            <span>
              <strong>{unit}</strong>
              {ownership !== null && ` (${t(`place.ownership.${ownership}`)})`}
              <br />
              <span className="quiet">
                {[...(visitingAddress?.lines ?? []), visitingAddress?.place, phone]
                  .filter((part) => typeof part === 'string' && part !== '')
                  .join(', ')}
              </span>
            </span>
            {wishes.length < limit && (
              <button
                type="button"
                className="ds-button"
                data-variant="secondary"
                aria-label={t('place.addOf', { unit })}
                onClick={() => {
                  change([...wishes, { unitId: id, siblingId: null }]);
                  setSaid(t('place.added', { unit, rank: wishes.length + 1 }));
                  heading.current?.focus({ preventScroll: true });
                }}
              >
                {t('place.add')}
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
