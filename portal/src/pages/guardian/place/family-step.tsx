import type { ReactNode } from 'react';
import { useWords } from '../../../words/words.ts';
import type { OwnChild } from './draft.ts';

/** Who else is responsible for the child: all of them are named, and see what is sent (BHG-04). */
export function FamilyStep({
  others,
  chosen,
  change,
}: {
  readonly others: OwnChild['guardians'];
  readonly chosen: readonly string[];
  readonly change: (guardianIds: readonly string[]) => void;
}): ReactNode {
  const { t, name } = useWords();
  return (
    <>
      {others.length === 0 ? (
        <p>{t('place.alone')}</p>
      ) : (
        <fieldset className="ds-fieldset">
          <legend className="ds-label">{t('place.others')}</legend>
          <p className="quiet">{t('place.othersNote')}</p>
          {others.map((other) => (
            <label key={other.id} className="choice">
              <input
                type="checkbox"
                className="ds-input"
                checked={chosen.includes(other.id)}
                onChange={({ target }) =>
                  change(target.checked ? [...chosen, other.id] : chosen.filter((one) => one !== other.id))
                }
              />
              <span>{name(other.name, t('app.someone'))}</span>
            </label>
          ))}
        </fieldset>
      )}
      <p>{t('place.claimsLater')}</p>
    </>
  );
}
