import { type ReactNode, useId } from 'react';
import { useWords } from '../../../words/words.ts';
import { useKnown } from '../../inbox/known.ts';

/** Whom of a home a message is not for, each with the cause. */
export type LeftOut = ReadonlyMap<string, string>;

const longestCause = 500;

export const areCausesGiven = (leftOut: LeftOut): boolean =>
  [...leftOut.values()].every((cause) => cause.trim() !== '');

/** Who at home reads it: everybody, unless somebody is left out; and why they are is kept (MSG-04). */
export function LeaveOut({
  home,
  leftOut,
  leave,
}: {
  readonly home: readonly string[];
  readonly leftOut: LeftOut;
  readonly leave: (leftOut: LeftOut) => void;
}): ReactNode {
  const { t } = useWords();
  const { called } = useKnown();
  const id = useId();
  return (
    <fieldset className="ds-fieldset">
      <legend className="ds-label">{t('mail.goesTo')}</legend>
      {home.length === 0 && <p className="quiet">{t('mail.homeUnnamed')}</p>}
      {home.map((guardianId) => {
        const cause = leftOut.get(guardianId);
        return (
          <div key={guardianId}>
            <label className="choice">
              <input
                type="checkbox"
                className="ds-input"
                checked={cause === undefined}
                onChange={({ target }) => {
                  const others = [...leftOut].filter(([one]) => one !== guardianId);
                  leave(new Map(target.checked ? others : [...others, [guardianId, '']]));
                }}
              />
              <span>{called(guardianId, 'GUARDIAN')}</span>
            </label>
            {cause !== undefined && (
              <div className="ds-field">
                <label className="ds-label" htmlFor={`${id}-${guardianId}`}>
                  {t('mail.cause', { name: called(guardianId, 'GUARDIAN') })}
                </label>
                <input
                  className="ds-input"
                  id={`${id}-${guardianId}`}
                  required
                  maxLength={longestCause}
                  value={cause}
                  onChange={({ target }) => leave(new Map([...leftOut, [guardianId, target.value]]))}
                />
              </div>
            )}
          </div>
        );
      })}
      {home.length > 0 && leftOut.size === home.length && (
        <p className="ds-alert" data-color="warning" data-size="sm" role="alert">
          {t('mail.nobodyLeft')}
        </p>
      )}
    </fieldset>
  );
}
