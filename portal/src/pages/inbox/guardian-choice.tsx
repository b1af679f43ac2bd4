import type { ReactNode } from 'react';
import { useWords } from '../../words/words.ts';
import { useKnown } from './known.ts';

/** The other guardians who may be let in on it. Nobody is chosen by themself (MSG-05). */
export function GuardianChoice({
  ids,
  chosen,
  choose,
}: {
  readonly ids: readonly string[];
  readonly chosen: ReadonlySet<string>;
  readonly choose: (chosen: ReadonlySet<string>) => void;
}): ReactNode {
  const { t } = useWords();
  const { called } = useKnown();
  if (ids.length === 0) return null;
  return (
    <fieldset className="ds-fieldset">
      <legend className="ds-label">{t('write.alsoTo')}</legend>
      {ids.map((id) => (
        <label key={id} className="choice">
          <input
            type="checkbox"
            className="ds-input"
            checked={chosen.has(id)}
            onChange={({ target }) =>
              choose(new Set(target.checked ? [...chosen, id] : [...chosen].filter((one) => one !== id)))
            }
          />
          <span>{called(id, 'GUARDIAN')}</span>
        </label>
      ))}
    </fieldset>
  );
}
