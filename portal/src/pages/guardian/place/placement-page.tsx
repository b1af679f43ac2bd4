import type { ReactNode } from 'react';
import { Link } from 'wouter';
import {
  Placement,
  type PlacementQuery,
  UnitCatalogue,
  WithdrawPlacementApplication,
} from '../../../graph/generated/operations.ts';
import { useChange, useGraph } from '../../../graph/use-graph.ts';
import { Asked } from '../../../parts/asked.tsx';
import { Page } from '../../../parts/page.tsx';
import { Read, Unread } from '../../../parts/states.tsx';
import { useWords } from '../../../words/words.ts';
import { Stopped } from '../stopped.tsx';
import { OneOffer } from './offers.tsx';
import { GiveUp } from './resign-place.tsx';

export type PlacementChild = NonNullable<PlacementQuery['viewer']>['children'][number];
type Row = NonNullable<PlacementChild['placementApplications']>['nodes'][number];

/** What was applied for, and where to apply. */
export default function PlacementPage(): ReactNode {
  const { t } = useWords();
  const answer = useGraph(Placement, {});
  return (
    <Page title={t('place.title')}>
      <Stopped of="PLACEMENT" />
      <div className="row">
        <Link to="/places/apply" className="ds-button">
          {t('place.apply')}
        </Link>
        <Link to="/places/prices" className="ds-link touch">
          {t('price.title')}
        </Link>
      </div>
      <Read from={answer}>
        {({ data: { viewer }, faults }) => {
          if (viewer === null) return <Unread />;
          const rows = viewer.children.filter(({ placementApplications }) => placementApplications !== null);
          return (
            <>
              {faults.size > 0 && <Unread />}
              <Came family={rows} />
              <section aria-labelledby="applications">
                <h2 className="ds-heading" data-size="sm" id="applications">
                  {t('place.applications')}
                </h2>
                {rows.every(({ placementApplications }) => placementApplications?.nodes.length === 0) && (
                  <p className="quiet">{t('place.none')}</p>
                )}
                <ul className="cards">
                  {rows.flatMap((child) =>
                    (child.placementApplications?.nodes ?? []).map((application) => (
                      <li key={application.id} className="ds-card">
                        <Applied child={child} application={application} />
                      </li>
                    )),
                  )}
                </ul>
              </section>
            </>
          );
        }}
      </Read>
    </Page>
  );
}

function Applied({
  child,
  application: { id, state, round, submittedAt },
}: {
  readonly child: PlacementChild;
  readonly application: Row;
}): ReactNode {
  const { t, name, exactly } = useWords();
  const withdraw = useChange(WithdrawPlacementApplication);
  const result = withdraw.data?.data.withdrawPlacementApplication;
  const called = name(child.name, t('app.child'));
  const of = `${called}, ${round?.title ?? ''}`;
  const isDraft = state === 'DRAFT';
  return (
    <>
      <h3 className="ds-heading" data-size="xs">
        {of}
      </h3>
      <p>
        <span className="ds-tag" data-color={isDraft ? 'warning' : 'accent'}>
          {t(`place.state.${state}`)}
        </span>
      </p>
      {isDraft && <p>{t('place.notSent')}</p>}
      {submittedAt !== null && (
        <p className="quiet">{t('place.cameIn', { instant: exactly(submittedAt) })}</p>
      )}
      <div className="row">
        <Link
          to={isDraft ? `/places/apply/${id}` : `/places/applications/${id}`}
          className={isDraft ? 'ds-button' : 'ds-link touch'}
          {...(isDraft && { 'data-variant': 'secondary' })}
          aria-label={`${t(isDraft ? 'place.goOn' : 'place.show')}: ${of}`}
        >
          {t(isDraft ? 'place.goOn' : 'place.show')}
        </Link>
        {isDraft && (
          <Asked
            label={t('place.throwAway')}
            of={of}
            lead={t('place.throwAwayLead')}
            isPending={withdraw.isPending}
            act={(done) => withdraw.mutate({ input: { applicationId: id } }, { onSuccess: done })}
            error={withdraw.error}
            refusal={result !== undefined && 'message' in result ? result.message : undefined}
          />
        )}
      </div>
    </>
  );
}

/** What came of applying: offers, places, and what children wait for, without ranks (BHG-20). */
function Came({ family }: { readonly family: readonly PlacementChild[] }): ReactNode {
  const { t, name, longDay } = useWords();
  const rows = family.flatMap((child) => {
    const called = name(child.name, t('app.child'));
    return [
      ...(child.placementOffers ?? []).map(
        (offer) => ({ kind: 'offer', called, offer, unit: offer.unit }) as const,
      ),
      ...(child.places ?? []).map((place) => ({ kind: 'place', called, place, unit: place.unit }) as const),
      ...(child.waitingEntries ?? [])
        .filter(({ isActive }) => isActive)
        .map((entry) => ({ kind: 'waits', called, entry, unit: entry.unit }) as const),
    ];
  });
  const ids = [...new Set(rows.flatMap(({ unit }) => (unit === null ? [] : [unit.id])))].toSorted();
  const listed = useGraph(UnitCatalogue, { ids }).data?.data.unitDirectory.nodes ?? [];
  const of = ({ called, unit }: (typeof rows)[number]): string =>
    `${called}, ${listed.find(({ id }) => id === unit?.id)?.name ?? t('place.unit')}`;
  const offers = rows.filter((row) => row.kind === 'offer');
  const places = rows.filter((row) => row.kind === 'place');
  const waits = rows.filter((row) => row.kind === 'waits');
  return (
    <>
      {offers.length > 0 && (
        <section aria-labelledby="offers">
          <h2 className="ds-heading" data-size="sm" id="offers">
            {t('offer.title')}
          </h2>
          <ul className="cards">
            {offers.map((row) => (
              <li key={row.offer.id} className="ds-card">
                <OneOffer offer={row.offer} of={of(row)} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {places.length > 0 && (
        <section aria-labelledby="places">
          <h2 className="ds-heading" data-size="sm" id="places">
            {t('place.places')}
          </h2>
          <ul className="lines">
            {places.map((row) => (
              <li key={row.place.id} className="row">
                <span>
                  {of(row)}:{' '}
                  {row.place.to === null
                    ? t('place.from', { from: longDay(row.place.from) })
                    : t('place.fromTo', { from: longDay(row.place.from), to: longDay(row.place.to) })}
                </span>
                {row.place.to === null && <GiveUp placeId={row.place.id} of={of(row)} />}
              </li>
            ))}
          </ul>
        </section>
      )}
      {waits.length > 0 && (
        <section aria-labelledby="waits">
          <h2 className="ds-heading" data-size="sm" id="waits">
            {t('place.waits')}
          </h2>
          <ul className="lines">
            {waits.map((row) => (
              <li key={`${row.called} ${row.entry.order}`}>{of(row)}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
