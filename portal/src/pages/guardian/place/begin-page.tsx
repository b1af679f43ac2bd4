import { type ReactNode, useState } from 'react';
import { Link, useLocation } from 'wouter';
import {
  Placement,
  type PlacementQuery,
  PrepareApplication,
  SavePlacementApplication,
} from '../../../graph/generated/operations.ts';
import { useChange, useGraph } from '../../../graph/use-graph.ts';
import { Page } from '../../../parts/page.tsx';
import { Said } from '../../../parts/said.tsx';
import { Read, Unread } from '../../../parts/states.tsx';
import { useWords } from '../../../words/words.ts';
import { Stopped } from '../stopped.tsx';
import type { PlacementChild } from './placement-page.tsx';
import { reasonIn } from '../../inbox/use-guard.ts';

type Round = NonNullable<PlacementQuery['admissionRounds']>['nodes'][number];

/** The first step: for whom, and in which round. */
export default function BeginPage(): ReactNode {
  const { t } = useWords();
  const answer = useGraph(Placement, {});
  return (
    <Page title={t('place.step', { title: t('place.apply'), at: 1, of: 5, step: t('place.step.child') })}>
      <Stopped of="PLACEMENT" />
      <Read from={answer}>
        {({ data: { viewer, admissionRounds } }) =>
          viewer === null || admissionRounds === null ? (
            <Unread />
          ) : (
            <Form
              family={viewer.children.filter(({ placementApplications }) => placementApplications !== null)}
              rounds={admissionRounds.nodes.filter(({ state }) => state === 'OPEN')}
            />
          )
        }
      </Read>
      <Missing />
      <p>
        <Link to="/places" className="ds-link touch">
          {t('place.back')}
        </Link>
      </p>
    </Page>
  );
}

function Form({
  family,
  rounds,
}: {
  readonly family: readonly PlacementChild[];
  readonly rounds: readonly Round[];
}): ReactNode {
  const { t, name, exactly } = useWords();
  const [, go] = useLocation();
  const [childId, setChildId] = useState(family.length === 1 ? family[0]?.id : undefined);
  const [roundId, setRoundId] = useState(rounds.length === 1 ? rounds[0]?.id : undefined);
  const save = useChange(SavePlacementApplication);
  const result = save.data?.data.savePlacementApplication;
  const child = family.find(({ id }) => id === childId);
  const draft = child?.placementApplications?.nodes.find(
    ({ state, round, isByViewer }) => state === 'DRAFT' && round?.id === roundId && isByViewer,
  );
  const standing = result !== undefined && 'standing' in result ? result.standing?.id : undefined;
  if (rounds.length === 0) return <p>{t('place.noRound')}</p>;
  if (family.length === 0) return <p>{t('place.nobody')}</p>;
  const goOn = (): void => {
    if (childId === undefined || roundId === undefined) return;
    if (draft !== undefined) return go(`/places/apply/${draft.id}`);
    save.mutate(
      { input: { childId, roundId, wishes: [], guardianIds: [] } },
      {
        onSuccess: ({ data: { savePlacementApplication: said } }) => {
          if (said.__typename === 'PlacementApplicationSaved') go(`/places/apply/${said.application.id}`);
        },
      },
    );
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        goOn();
      }}
    >
      <fieldset className="ds-fieldset">
        <legend className="ds-label">{t('place.who')}</legend>
        {family.map((one) => (
          <label key={one.id} className="choice">
            <input
              type="radio"
              name="child"
              className="ds-input"
              required
              checked={one.id === childId}
              onChange={() => setChildId(one.id)}
            />
            <span>{name(one.name, t('app.child'))}</span>
          </label>
        ))}
      </fieldset>
      <fieldset className="ds-fieldset">
        <legend className="ds-label">{t('place.what')}</legend>
        {rounds.map((one) => (
          <label key={one.id} className="choice">
            <input
              type="radio"
              name="round"
              className="ds-input"
              required
              checked={one.id === roundId}
              onChange={() => setRoundId(one.id)}
            />
            <span>
              {one.title} ({t(`place.round.${one.kind}`)})
              {one.closesAt !== null && `. ${t('place.until', { instant: exactly(one.closesAt) })}`}
            </span>
          </label>
        ))}
      </fieldset>
      {draft !== undefined && <p role="status">{t('place.hasDraft')}</p>}
      <Said
        error={save.error}
        refusal={result !== undefined && 'message' in result ? result.message : undefined}
      />
      {standing !== undefined && (
        <p>
          <Link to={`/places/applications/${standing}`} className="ds-link touch">
            {t('place.toStanding')}
          </Link>
        </p>
      )}
      <button type="submit" className="ds-button" disabled={save.isPending}>
        {t('place.next')}
      </button>
    </form>
  );
}

/** A child that nobody here knew of comes by the population register, which says nothing of whom it knows (GUA-20). */
function Missing(): ReactNode {
  const { t, language } = useWords();
  const prepare = useChange(PrepareApplication);
  const result = prepare.data?.data.prepareApplication;
  return (
    <section aria-labelledby="missing">
      <h2 className="ds-heading" data-size="sm" id="missing">
        {t('place.missing')}
      </h2>
      <p>{t('place.missingLead')}</p>
      <button
        type="button"
        className="ds-button"
        data-variant="secondary"
        disabled={prepare.isPending}
        onClick={() => prepare.mutate({ input: { language: reasonIn(language) } })}
      >
        {t('place.prepare')}
      </button>
      {result?.__typename === 'ApplicationPrepared' && (
        <p className="ds-alert" data-color="info" role="status">
          {result.receipt}
        </p>
      )}
      <Said
        error={prepare.error}
        refusal={result !== undefined && 'message' in result ? result.message : undefined}
      />
    </section>
  );
}
