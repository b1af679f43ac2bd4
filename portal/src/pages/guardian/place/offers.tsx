import { type ReactNode, useState } from 'react';
import { AnswerPlacementOffer } from '../../../graph/generated/operations.ts';
import { useChange } from '../../../graph/use-graph.ts';
import { Said } from '../../../parts/said.tsx';
import { Sheet } from '../../../parts/sheet.tsx';
import { useWords } from '../../../words/words.ts';
import type { PlacementChild } from './placement-page.tsx';

type Offer = NonNullable<PlacementChild['placementOffers']>[number];
type Answer = Offer['answers'][number];

/** An offer, with until when it is to be answered, and each answer with what it means (BHG-12). */
export function OneOffer({ offer, of }: { readonly offer: Offer; readonly of: string }): ReactNode {
  const { t, longDay, exactly } = useWords();
  const [wanted, setWanted] = useState<Answer>();
  const { state, startsOn, weeklyHours, deadline, answers } = offer;
  return (
    <>
      <h3 className="ds-heading" data-size="xs">
        {of}
      </h3>
      <p role="status">
        <span className="ds-tag" data-color={state === 'SENT' ? 'warning' : 'neutral'}>
          {t(`offer.state.${state}`)}
        </span>
      </p>
      <p>
        {t('offer.from', { day: longDay(startsOn) })}{' '}
        {weeklyHours !== null && t('offer.hours', { hours: weeklyHours })}
      </p>
      {state === 'SENT' && (
        <p>
          <strong>{t('offer.deadline', { instant: exactly(deadline) })}</strong>
        </p>
      )}
      <div className="row">
        {answers.map((answer) => (
          <button
            key={answer}
            type="button"
            className="ds-button"
            data-variant={answer === 'ACCEPT' ? 'primary' : 'secondary'}
            aria-label={`${t(`offer.${answer}`)}: ${of}`}
            onClick={() => setWanted(answer)}
          >
            {t(`offer.${answer}`)}
          </button>
        ))}
      </div>
      {wanted !== undefined && (
        <Confirm offerId={offer.id} answer={wanted} of={of} close={() => setWanted(undefined)} />
      )}
    </>
  );
}

function Confirm({
  offerId,
  answer,
  of,
  close,
}: {
  readonly offerId: string;
  readonly answer: Answer;
  readonly of: string;
  readonly close: () => void;
}): ReactNode {
  const { t } = useWords();
  const [once] = useState(() => crypto.randomUUID());
  const [stay, setStay] = useState(false);
  const send = useChange(AnswerPlacementOffer);
  const result = send.data?.data.answerPlacementOffer;
  return (
    <Sheet title={t(`offer.${answer}`)} close={close}>
      <p>{of}</p>
      <p>{t(`offer.means.${answer}`)}</p>
      {answer === 'DECLINE' && (
        <label className="choice">
          <input
            type="checkbox"
            className="ds-input"
            checked={stay}
            onChange={({ target }) => setStay(target.checked)}
          />
          <span>{t('offer.stay')}</span>
        </label>
      )}
      <Said
        error={send.error}
        refusal={result !== undefined && 'message' in result ? result.message : undefined}
      />
      <button
        type="button"
        className="ds-button"
        {...(answer === 'DECLINE' && { 'data-color': 'danger' })}
        disabled={send.isPending}
        onClick={() =>
          send.mutate(
            {
              input: { ...{ offerId, answer, idempotencyKey: once }, ...(answer === 'DECLINE' && { stay }) },
            },
            {
              onSuccess: ({ data }) => {
                if (data.answerPlacementOffer.__typename === 'PlacementOfferChanged') close();
              },
            },
          )
        }
      >
        {t('offer.confirm', { answer: t(`offer.${answer}`) })}
      </button>
    </Sheet>
  );
}
