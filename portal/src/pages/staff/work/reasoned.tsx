import { type ReactNode, useState } from 'react';
import { CloseWorkItem, LiftRestriction } from '../../../graph/generated/operations.ts';
import { useChange } from '../../../graph/use-graph.ts';
import { Said } from '../../../parts/said.tsx';
import { Sheet } from '../../../parts/sheet.tsx';
import { useWords } from '../../../words/words.ts';
import { ReasonsField } from '../../common/reasons-field.tsx';

/** Leaves what the registers do not settle as it is. */
export function Close({ workItemId, of }: { readonly workItemId: string; readonly of: string }): ReactNode {
  const { t } = useWords();
  const close = useChange(CloseWorkItem);
  const result = close.data?.data.closeWorkItem;
  return (
    <Reasoned
      label={t('case.close')}
      of={of}
      lead={t('case.closeLead')}
      isPending={close.isPending}
      send={(reason, idempotencyKey, settled) =>
        close.mutate(
          { input: { workItemId, reason, idempotencyKey } },
          { onSuccess: ({ data }) => settled(!('message' in data.closeWorkItem)) },
        )
      }
      error={close.error}
      refusal={result !== undefined && 'message' in result ? result.message : undefined}
    />
  );
}

/** Lifts a restriction; what others than the unit ordered waits for whoever decides on it. */
export function Lift({
  restrictionId,
  of,
}: {
  readonly restrictionId: string;
  readonly of: string;
}): ReactNode {
  const { t } = useWords();
  const lift = useChange(LiftRestriction);
  const result = lift.data?.data.liftRestriction;
  return (
    <Reasoned
      label={t('case.lift')}
      of={of}
      lead={t('case.liftLead')}
      isPending={lift.isPending}
      send={(reason, idempotencyKey, settled) =>
        lift.mutate(
          { input: { restrictionId, reason, idempotencyKey } },
          { onSuccess: ({ data }) => settled(!('message' in data.liftRestriction)) },
        )
      }
      error={lift.error}
      refusal={result !== undefined && 'message' in result ? result.message : undefined}
    />
  );
}

/** Something that is decided with a reason. */
function Reasoned({
  label,
  of,
  lead,
  isPending,
  send,
  error,
  refusal,
}: {
  readonly label: string;
  readonly of: string;
  readonly lead: string;
  readonly isPending: boolean;
  readonly send: (reason: string, idempotencyKey: string, settled: (isDone: boolean) => void) => void;
  readonly error: Error | null;
  readonly refusal: string | undefined;
}): ReactNode {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [key, setKey] = useState(() => crypto.randomUUID());
  return (
    <>
      <button
        type="button"
        className="ds-button"
        data-variant="tertiary"
        aria-label={`${label}: ${of}`}
        onClick={() => setOpen(true)}
      >
        {label}
      </button>
      {isOpen && (
        <Sheet title={label} close={() => setOpen(false)}>
          <form
            className="form"
            onSubmit={(event) => {
              event.preventDefault();
              send(reason, key, (isDone) => {
                setKey(crypto.randomUUID());
                if (isDone) setOpen(false);
              });
            }}
          >
            <p>{lead}</p>
            <ReasonsField
              label={t('case.reason')}
              isRequired
              text={reason}
              write={setReason}
              longest={2000}
            />
            <Said error={error} refusal={refusal} />
            <button type="submit" className="ds-button" disabled={isPending || reason.trim() === ''}>
              {label}
            </button>
          </form>
        </Sheet>
      )}
    </>
  );
}
