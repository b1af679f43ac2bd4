import type { ReactNode } from 'react';
import { Link, Redirect, useParams } from 'wouter';
import { WithdrawPlacementApplication } from '../../../graph/generated/operations.ts';
import { useChange } from '../../../graph/use-graph.ts';
import { Asked } from '../../../parts/asked.tsx';
import { Page } from '../../../parts/page.tsx';
import { Read, Unread } from '../../../parts/states.tsx';
import { useWords } from '../../../words/words.ts';
import type { Application } from './draft.ts';
import { useApplication } from './use-application.ts';
import { useCatalogue } from './use-catalogue.ts';

/** An application that was sent, with the receipts of what came in. */
export default function SentPage(): ReactNode {
  const { t, name } = useWords();
  const { id } = useParams<{ id: string }>();
  const answer = useApplication(id);
  const application = answer.data?.data.placementApplication;
  if (application?.state === 'DRAFT') return <Redirect to={`/places/apply/${id}`} />;
  return (
    <Page title={t('place.sentTitle')}>
      <p>
        <Link to="/places" className="ds-link touch">
          {t('place.back')}
        </Link>
      </p>
      <Read from={answer}>
        {({ data: { viewer, placementApplication } }) => {
          if (placementApplication === null) return <Unread />;
          const child = viewer?.children.find((one) => one.id === placementApplication.child?.id);
          return <Sent application={placementApplication} child={name(child?.name, t('app.child'))} />;
        }}
      </Read>
    </Page>
  );
}

function Sent({
  application: { id, state, round, receipts, wishes, wantedStart, isByViewer, outcomes },
  child,
}: {
  readonly application: Application;
  readonly child: string;
}): ReactNode {
  const { t, exactly, longDay } = useWords();
  const catalogue = useCatalogue(round);
  const units = catalogue.data?.data.unitDirectory.nodes ?? [];
  const withdraw = useChange(WithdrawPlacementApplication);
  const result = withdraw.data?.data.withdrawPlacementApplication;
  const isOver = state === 'WITHDRAWN' || state === 'ENDED';
  return (
    <>
      <p>{t('place.for', { child, round: round?.title ?? '' })}</p>
      <p role="status">
        <span className="ds-tag" data-color="accent">
          {t(`place.state.${state}`)}
        </span>
      </p>
      <section aria-labelledby="receipt" className="ds-card">
        <h2 className="ds-heading" data-size="sm" id="receipt">
          {t('place.receipt')}
        </h2>
        {receipts.map(({ version, receivedAt }) => (
          <p key={version}>{t('place.received', { version, instant: exactly(receivedAt) })}</p>
        ))}
        {!isOver && <p className="quiet">{t('place.noHaste')}</p>}
      </section>
      <section aria-labelledby="wishes">
        <h2 className="ds-heading" data-size="sm" id="wishes">
          {t('place.step.wishes')}
        </h2>
        <ul className="lines">
          {wishes.map(({ rank, unit }) => {
            const came = outcomes?.find((one) => one.rank === rank);
            return (
              <li key={rank}>
                {t('place.rank', {
                  rank,
                  unit: units.find((one) => one.id === unit?.id)?.name ?? t('place.unit'),
                })}
                {came !== undefined && (
                  <>
                    <p>
                      <span
                        className="ds-tag"
                        data-color={came.outcome === 'OFFERED' ? 'success' : 'neutral'}
                      >
                        {t(`place.outcome.${came.outcome}`)}
                      </span>
                    </p>
                    <p>{came.reason}</p>
                    {came.numbers !== null && <p className="quiet">{t('place.numbers', came.numbers)}</p>}
                  </>
                )}
              </li>
            );
          })}
        </ul>
        <p>
          {t('place.start')}: {wantedStart === null ? t('place.whenever') : longDay(wantedStart)}
        </p>
      </section>
      {!isOver && isByViewer && (
        <Asked
          label={t('place.withdraw')}
          lead={t('place.withdrawLead')}
          isPending={withdraw.isPending}
          act={(done) => withdraw.mutate({ input: { applicationId: id } }, { onSuccess: done })}
          error={withdraw.error}
          refusal={result !== undefined && 'message' in result ? result.message : undefined}
        />
      )}
    </>
  );
}
