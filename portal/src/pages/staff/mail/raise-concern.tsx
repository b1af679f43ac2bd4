import { type ReactNode, useState } from 'react';
import { RaiseSafetyConcern } from '../../../graph/generated/operations.ts';
import { useChange } from '../../../graph/use-graph.ts';
import { Said } from '../../../parts/said.tsx';
import { Sheet } from '../../../parts/sheet.tsx';
import { useWords } from '../../../words/words.ts';

/** Tells whoever leads that a message may be about a pupil who is not safe, as all who work there have to (SKM-01). Home sees nothing of it. */
export function RaiseConcern({ messageId }: { readonly messageId: string }): ReactNode {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  const [isLeader, setLeader] = useState(false);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const raise = useChange(RaiseSafetyConcern);
  const result = raise.data?.data.raiseSafetyConcern;
  return (
    <>
      <button type="button" className="ds-button" data-variant="tertiary" onClick={() => setOpen(true)}>
        {t('concern.raise')}
      </button>
      {isOpen && (
        <Sheet title={t('concern.raise')} close={() => setOpen(false)}>
          {result?.__typename === 'SafetyConcernRaised' ? (
            <p role="status">{t('concern.raised')}</p>
          ) : (
            <form
              className="form"
              onSubmit={(event) => {
                event.preventDefault();
                raise.mutate(
                  {
                    input: {
                      ...{ messageId, idempotencyKey: key },
                      ...(isLeader ? { aboutStaff: { isLeader } } : {}),
                    },
                  },
                  { onSuccess: () => setKey(crypto.randomUUID()) },
                );
              }}
            >
              <p>{t('concern.lead')}</p>
              <label className="choice">
                <input
                  type="checkbox"
                  className="ds-input"
                  checked={isLeader}
                  onChange={({ target }) => setLeader(target.checked)}
                />
                <span>{t('concern.aboutLeader')}</span>
              </label>
              <Said
                error={raise.error}
                refusal={result !== undefined && 'message' in result ? result.message : undefined}
              />
              <button type="submit" className="ds-button" disabled={raise.isPending}>
                {t('concern.send')}
              </button>
            </form>
          )}
        </Sheet>
      )}
    </>
  );
}
