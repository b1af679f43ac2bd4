import { type ReactNode, useId, useState } from 'react';
import { useDay } from '../../../day.ts';
import { ResignPlace } from '../../../graph/generated/operations.ts';
import { useChange } from '../../../graph/use-graph.ts';
import { Said } from '../../../parts/said.tsx';
import { Sheet } from '../../../parts/sheet.tsx';
import { useWords } from '../../../words/words.ts';

/** Gives up a place: how long before is told by the unit's statutes, with the earliest day, where it is too soon (BHG-14). */
export function GiveUp({ placeId, of }: { readonly placeId: string; readonly of: string }): ReactNode {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="ds-button"
        data-variant="tertiary"
        aria-label={`${t('place.resign')}: ${of}`}
        onClick={() => setOpen(true)}
      >
        {t('place.resign')}
      </button>
      {isOpen && <Resigning placeId={placeId} of={of} close={() => setOpen(false)} />}
    </>
  );
}

function Resigning({
  placeId,
  of,
  close,
}: {
  readonly placeId: string;
  readonly of: string;
  readonly close: () => void;
}): ReactNode {
  const { t, longDay } = useWords();
  const id = useId();
  const today = useDay();
  const [endsOn, setEndsOn] = useState('');
  const [once, setOnce] = useState(() => crypto.randomUUID());
  const resign = useChange(ResignPlace);
  const result = resign.data?.data.resignPlace;
  const earliest = (result !== undefined && 'earliest' in result ? result.earliest : null) ?? null;
  return (
    <Sheet title={t('place.resign')} close={close}>
      <p>{of}</p>
      <p>{t('place.resignLead')}</p>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          resign.mutate(
            { input: { placeId, endsOn, idempotencyKey: once } },
            {
              onSuccess: ({ data }) => {
                setOnce(crypto.randomUUID());
                if (data.resignPlace.__typename === 'PlaceResigned') close();
              },
            },
          );
        }}
      >
        <div className="ds-field">
          <label className="ds-label" htmlFor={id}>
            {t('place.endsOn')}
          </label>
          <input
            className="ds-input"
            type="date"
            id={id}
            required
            min={today}
            value={endsOn}
            onChange={({ target }) => setEndsOn(target.value)}
          />
        </div>
        <Said
          error={resign.error}
          refusal={result !== undefined && 'message' in result ? result.message : undefined}
        />
        {earliest !== null && <p>{t('place.earliest', { day: longDay(earliest) })}</p>}
        <button type="submit" className="ds-button" data-color="danger" disabled={resign.isPending}>
          {t('place.resign')}
        </button>
      </form>
    </Sheet>
  );
}
