import { type ReactNode, useId, useState } from 'react';
import { Link } from 'wouter';
import {
  MyUnits,
  OpenFollowUp,
  type OpenFollowUpMutationVariables,
} from '../../../graph/generated/operations.ts';
import { useChange, useGraph } from '../../../graph/use-graph.ts';
import { Said } from '../../../parts/said.tsx';
import { useWords } from '../../../words/words.ts';
import { workUnits } from './whose-work.ts';

type Kind = OpenFollowUpMutationVariables['input']['kind'];
const kinds: readonly Kind[] = ['WORRYING', 'LONG_ABSENCE'];

/** Opens a case, so that a pupil's absence is followed up. For whoever leads its school or has its class; nothing for the others. */
export function OpenCase({
  childId,
  unitIds,
}: {
  readonly childId: string;
  readonly unitIds: readonly string[];
}): ReactNode {
  const { t } = useWords();
  const id = useId();
  const [kind, setKind] = useState<Kind>('WORRYING');
  const roles = useGraph(MyUnits, {}).data?.data.viewer?.roles ?? [];
  const open = useChange(OpenFollowUp);
  const result = open.data?.data.openFollowUp;
  const isTheirs = workUnits(roles).some(({ unit }) => unit.kind === 'SCHOOL' && unitIds.includes(unit.id));
  if (!isTheirs) return null;
  return (
    <details>
      <summary>{t('followUp.open')}</summary>
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          open.mutate({ input: { childId, kind } });
        }}
      >
        <div className="ds-field">
          <label className="ds-label" htmlFor={id}>
            {t('followUp.openAs')}
          </label>
          <select
            className="ds-input"
            id={id}
            value={kind}
            onChange={({ target }) => setKind(kinds.find((one) => one === target.value) ?? kind)}
          >
            {kinds.map((one) => (
              <option key={one} value={one}>
                {t(`followUp.kind.${one}`)}
              </option>
            ))}
          </select>
        </div>
        <button type="submit" className="ds-button" data-variant="secondary" disabled={open.isPending}>
          {t('followUp.openNow')}
        </button>
      </form>
      <Said
        error={open.error}
        refusal={result !== undefined && 'message' in result ? result.message : undefined}
      />
      {result?.__typename === 'FollowUpChanged' && (
        <p role="status">
          {t('followUp.isOpen')}{' '}
          <Link to="/tasks" className="ds-link touch">
            {t('work.back')}
          </Link>
        </p>
      )}
    </details>
  );
}
