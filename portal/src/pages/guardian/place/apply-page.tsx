import { type ReactNode, useState } from 'react';
import { Link, Redirect, useLocation, useParams, useSearch } from 'wouter';
import { SubmitPlacementApplication } from '../../../graph/generated/operations.ts';
import { useChange } from '../../../graph/use-graph.ts';
import { Page } from '../../../parts/page.tsx';
import { Said } from '../../../parts/said.tsx';
import { Loading, Read, Unread } from '../../../parts/states.tsx';
import { useWords } from '../../../words/words.ts';
import { Stopped } from '../stopped.tsx';
import { CheckStep } from './check-step.tsx';
import {
  type Application,
  type OwnChild,
  type Round,
  type Step,
  draftOf,
  steps,
  toInput,
  wrongs,
} from './draft.ts';
import { FamilyStep } from './family-step.tsx';
import { StartStep } from './start-step.tsx';
import { useApplication } from './use-application.ts';
import { type ListedUnit, useCatalogue } from './use-catalogue.ts';
import { useKept } from './use-kept.ts';
import { WishesStep } from './wishes-step.tsx';

/** An application that is being written. */
export default function ApplyPage(): ReactNode {
  const { t } = useWords();
  const { id } = useParams<{ id: string }>();
  const answer = useApplication(id);
  const application = answer.data?.data.placementApplication ?? null;
  const catalogue = useCatalogue(application?.round ?? null);
  return (
    <Read from={answer}>
      {({ data: { viewer } }) => {
        const child = viewer?.children.find((one) => one.id === application?.child?.id);
        if (application === null || viewer === null || child === undefined || application.round === null)
          return (
            <Page title={t('place.apply')}>
              <Unread />
            </Page>
          );
        if (application.state !== 'DRAFT') return <Redirect to={`/places/applications/${id}`} />;
        if (catalogue.isPending) return <Loading />;
        return (
          <Wizard
            key={id}
            application={application}
            round={application.round}
            child={child}
            others={child.guardians.filter((one) => one.id !== viewer.id)}
            family={viewer.children}
            units={catalogue.data?.data.unitDirectory.nodes ?? []}
          />
        );
      }}
    </Read>
  );
}

function Wizard({
  application,
  round,
  child,
  others,
  family,
  units,
}: {
  readonly application: Application;
  readonly round: Round;
  readonly child: OwnChild;
  readonly others: OwnChild['guardians'];
  readonly family: readonly OwnChild[];
  readonly units: readonly ListedUnit[];
}): ReactNode {
  const { t, name } = useWords();
  const [, go] = useLocation();
  const wanted = new URLSearchParams(useSearch()).get('step');
  const step: Step = steps.find((one) => one === wanted) ?? 'wishes';
  const at = steps.indexOf(step);
  const [draft, setDraft] = useState(() =>
    draftOf(
      application,
      others.map(({ id }) => id),
    ),
  );
  const kept = useKept(toInput(draft, { childId: child.id, roundId: round.id }));
  const [once] = useState(() => crypto.randomUUID());
  const submit = useChange(SubmitPlacementApplication);
  const result = submit.data?.data.submitPlacementApplication;
  const fitting =
    (result !== undefined && 'fittingRoundKind' in result ? result.fittingRoundKind : null) ?? null;
  const here = `/places/apply/${application.id}`;
  const wrong = wrongs(draft, round);
  const send = async (): Promise<void> => {
    if (!(await kept.keepNow())) return;
    submit.mutate(
      { input: { applicationId: application.id, idempotencyKey: once } },
      {
        onSuccess: ({ data }) => {
          if (data.submitPlacementApplication.__typename === 'PlacementApplicationReceived')
            go(`/places/applications/${application.id}`, { replace: true });
        },
      },
    );
  };
  const title = t('place.step', {
    ...{ title: t('place.apply'), at: at + 2, of: steps.length + 1, step: t(`place.step.${step}`) },
  });
  const before = steps[at - 1];
  const next = steps[at + 1];
  return (
    <Page title={title}>
      <Stopped of="PLACEMENT" />
      <p>{t('place.for', { child: name(child.name, t('app.child')), round: round.title })}</p>
      <nav aria-label={t('place.steps')} className="places-within">
        {steps.map((one) => (
          <Link
            key={one}
            to={`${here}?step=${one}`}
            className="within"
            aria-current={one === step ? 'step' : undefined}
          >
            {t(`place.step.${one}`)}
          </Link>
        ))}
      </nav>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (next === undefined) return void send();
          void kept.keepNow();
          go(`${here}?step=${next}`);
        }}
      >
        {step === 'wishes' && (
          <WishesStep
            wishes={draft.wishes}
            change={(wishes) => setDraft((known) => ({ ...known, wishes }))}
            units={units}
            limit={round.wishLimit}
            siblings={family.filter(({ id }) => id !== child.id)}
          />
        )}
        {step === 'start' && (
          <StartStep
            wantedStart={draft.wantedStart}
            change={(wantedStart) => setDraft((known) => ({ ...known, wantedStart }))}
            round={round}
          />
        )}
        {step === 'family' && (
          <FamilyStep
            others={others}
            chosen={draft.guardianIds}
            change={(guardianIds) => setDraft((known) => ({ ...known, guardianIds }))}
          />
        )}
        {step === 'check' && (
          <CheckStep
            {...{ draft, round, units, others, wrong, here }}
            child={name(child.name, t('app.child'))}
            problems={result !== undefined && 'problems' in result ? result.problems : []}
          />
        )}
        <Said
          error={submit.error ?? kept.error}
          refusal={result !== undefined && 'message' in result ? result.message : kept.refusal}
        />
        {fitting !== null && <p>{t('place.fitting', { round: t(`place.round.${fitting}`) })}</p>}
        <div className="row">
          <button
            type="submit"
            className="ds-button"
            disabled={next === undefined && (wrong.length > 0 || submit.isPending)}
          >
            {t(next === undefined ? 'place.send' : 'place.next')}
          </button>
          <Link
            to={before === undefined ? '/places' : `${here}?step=${before}`}
            className="ds-button"
            data-variant="secondary"
          >
            {t(before === undefined ? 'place.back' : 'place.before')}
          </Link>
        </div>
        <p role="status" className="quiet">
          {t(kept.isKept ? 'place.kept' : 'place.notKept')}
        </p>
      </form>
    </Page>
  );
}
