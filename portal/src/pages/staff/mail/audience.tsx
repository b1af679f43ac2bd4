import { type ReactNode, useId } from 'react';
import type { SendBroadcastMutationVariables } from '../../../graph/generated/operations.ts';
import { useWords } from '../../../words/words.ts';
import { type WorkPlace, calledOf } from '../work-place.tsx';

type Input = SendBroadcastMutationVariables['input'];
type Children = NonNullable<Input['audience']['children']>;
export type Urgent = NonNullable<Input['urgent']> | null;

const whose: readonly Children[] = ['ENROLLED', 'STARTING_SOON'];
const reasons: readonly NonNullable<Urgent>[] = ['DANGER', 'UNIT_CLOSED', 'TRAVEL', 'OTHER'];

/** To whom a text to many goes: which places, whose guardians, and whether it may disturb them at night. */
export function Audience({
  places,
  chosen,
  choose,
  children,
  chooseChildren,
  mayBeUrgent,
  urgent,
  chooseUrgent,
}: {
  readonly places: readonly WorkPlace[];
  readonly chosen: ReadonlySet<string>;
  readonly choose: (chosen: ReadonlySet<string>) => void;
  readonly children: Children;
  readonly chooseChildren: (children: Children) => void;
  readonly mayBeUrgent: boolean;
  readonly urgent: Urgent;
  readonly chooseUrgent: (urgent: Urgent) => void;
}): ReactNode {
  const { t } = useWords();
  const id = useId();
  return (
    <>
      <fieldset className="ds-fieldset">
        <legend className="ds-label">{t('broadcast.to')}</legend>
        {places.map((place) => (
          <label key={place.key} className="choice">
            <input
              type="checkbox"
              className="ds-input"
              checked={chosen.has(place.key)}
              onChange={({ target }) =>
                choose(
                  new Set(
                    target.checked ? [...chosen, place.key] : [...chosen].filter((one) => one !== place.key),
                  ),
                )
              }
            />
            <span>{calledOf(place)}</span>
          </label>
        ))}
      </fieldset>
      <fieldset className="ds-fieldset">
        <legend className="ds-label">{t('broadcast.whose')}</legend>
        {whose.map((one) => (
          <label key={one} className="choice">
            <input
              type="radio"
              name={id}
              className="ds-input"
              checked={children === one}
              onChange={() => chooseChildren(one)}
            />
            <span>{t(`broadcast.children.${one}`)}</span>
          </label>
        ))}
      </fieldset>
      {mayBeUrgent && (
        <div className="ds-field">
          <label className="ds-label" htmlFor={`${id}-urgent`}>
            {t('broadcast.urgent')}
          </label>
          <select
            className="ds-input"
            id={`${id}-urgent`}
            value={urgent ?? ''}
            onChange={({ target }) => chooseUrgent(reasons.find((one) => one === target.value) ?? null)}
          >
            <option value="">{t('broadcast.notUrgent')}</option>
            {reasons.map((one) => (
              <option key={one} value={one}>
                {t(`broadcast.urgent.${one}`)}
              </option>
            ))}
          </select>
        </div>
      )}
    </>
  );
}
