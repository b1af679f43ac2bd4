import type { ReactNode } from 'react';
import type { GrantLeaveMutationVariables } from '../../../graph/generated/operations.ts';
import { useWords } from '../../../words/words.ts';

export type Exception = NonNullable<GrantLeaveMutationVariables['input']['exceptions']>[number];

const exceptions: readonly Exception[] = ['WEIGHTY_WELFARE_GROUNDS', 'EXAM_DAY'];

/** Why more leave is granted than the regulation has room for. */
export function Exceptions({
  chosen,
  choose,
}: {
  readonly chosen: readonly Exception[];
  readonly choose: (chosen: readonly Exception[]) => void;
}): ReactNode {
  const { t } = useWords();
  return (
    <fieldset className="ds-fieldset">
      <legend className="ds-label">{t('leave.exceptions')}</legend>
      {exceptions.map((one) => (
        <label key={one} className="choice">
          <input
            type="checkbox"
            className="ds-input"
            checked={chosen.includes(one)}
            onChange={({ target }) =>
              choose(target.checked ? [...chosen, one] : chosen.filter((other) => other !== one))
            }
          />
          <span>{t(`leave.exception.${one}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}
