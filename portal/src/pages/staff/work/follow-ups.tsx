import { type ReactNode, useId, useState } from 'react';
import { Link } from 'wouter';
import { useDay } from '../../../day.ts';
import {
  AddFollowUpStep,
  type AddFollowUpStepMutationVariables,
  CloseFollowUp,
  type CloseFollowUpMutationVariables,
  CompleteFollowUpStep,
  type UnitWorkQuery,
} from '../../../graph/generated/operations.ts';
import { useChange } from '../../../graph/use-graph.ts';
import { Said } from '../../../parts/said.tsx';
import { daysAfter } from '../../../words/dates.ts';
import { useWords } from '../../../words/words.ts';

type Case = NonNullable<NonNullable<UnitWorkQuery['unit']>['followUps']>['nodes'][number];
type Step = Case['steps'][number];
type Kind = AddFollowUpStepMutationVariables['input']['kind'];
type Outcome = CloseFollowUpMutationVariables['input']['outcome'];

const kinds: readonly Kind[] = [
  'CALL_HOME',
  'TALK_WITH_PUPIL',
  'MEETING',
  'PLAN',
  'SEARCH',
  'NOTIFY_MUNICIPALITY',
];
const outcomes: readonly Outcome[] = ['PRESENT_AGAIN', 'HANDED_OVER', 'MOVED', 'NOT_NEEDED'];

/** Pupils whose absence is followed up: what is to be done, by whom, by when. In codes and days alone (ABS-21). */
export function FollowUps({
  cases,
  hasMore,
}: {
  readonly cases: readonly Case[];
  readonly hasMore: boolean;
}): ReactNode {
  const { t, name } = useWords();
  return (
    <section aria-labelledby="follow-ups">
      <h2 className="ds-heading" data-size="sm" id="follow-ups">
        {t('work.followUps')}
      </h2>
      {cases.length === 0 && <p className="quiet">{t('work.noFollowUps')}</p>}
      <ul className="cards">
        {cases.map((one) => (
          <li key={one.id} className="ds-card">
            <OneCase one={one} called={name(one.child.name, t('app.child'))} />
          </li>
        ))}
      </ul>
      {hasMore && <p className="quiet">{t('work.oldestShown')}</p>}
    </section>
  );
}

function OneCase({ one, called }: { readonly one: Case; readonly called: string }): ReactNode {
  const { t, instant } = useWords();
  return (
    <>
      <h3 className="ds-heading" data-size="2xs">
        <Link to={`/children/${one.child.id}`} className="ds-link">
          {called}
        </Link>
      </h3>
      <p className="quiet">
        {t(`followUp.kind.${one.kind}`)} · {t('followUp.opened', { time: instant(one.openedAt) })}
      </p>
      <ul className="lines">
        {one.steps.map((step) => (
          <li key={step.id} className="row">
            <OneStep step={step} called={called} />
          </li>
        ))}
      </ul>
      <details>
        <summary>{t('followUp.change', { name: called })}</summary>
        <AddStep followUpId={one.id} />
        <Close followUpId={one.id} />
      </details>
    </>
  );
}

function OneStep({ step, called }: { readonly step: Step; readonly called: string }): ReactNode {
  const { t, day } = useWords();
  const today = useDay();
  const complete = useChange(CompleteFollowUpStep);
  const result = complete.data?.data.completeFollowUpStep;
  const what = t(`followUp.step.${step.kind}`);
  return (
    <>
      <span className={step.doneOn === null && step.dueOn <= today ? 'urgent' : undefined}>
        {what}, {t(`role.${step.responsible}`)}:{' '}
        {step.doneOn === null
          ? t('followUp.due', { day: day(step.dueOn) })
          : t('followUp.done', { day: day(step.doneOn) })}
      </span>
      {step.doneOn === null && (
        <button
          type="button"
          className="ds-button"
          data-variant="tertiary"
          disabled={complete.isPending}
          aria-label={`${t('followUp.isDone')}: ${what}, ${called}`}
          onClick={() => complete.mutate({ input: { stepId: step.id, doneOn: today } })}
        >
          {t('followUp.isDone')}
        </button>
      )}
      <Said
        error={complete.error}
        refusal={result !== undefined && 'message' in result ? result.message : undefined}
      />
    </>
  );
}

function AddStep({ followUpId }: { readonly followUpId: string }): ReactNode {
  const { t } = useWords();
  const today = useDay();
  const [kind, setKind] = useState<Kind>('CALL_HOME');
  const [dueOn, setDueOn] = useState(daysAfter(today, 1));
  const [responsible, setResponsible] = useState<Step['responsible']>('CONTACT_TEACHER');
  const id = useId();
  const add = useChange(AddFollowUpStep);
  const result = add.data?.data.addFollowUpStep;
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate({ input: { id: crypto.randomUUID(), followUpId, kind, dueOn, responsible } });
      }}
    >
      <div className="row">
        <div className="ds-field">
          <label className="ds-label" htmlFor={`${id}-kind`}>
            {t('followUp.what')}
          </label>
          <select
            className="ds-input"
            id={`${id}-kind`}
            value={kind}
            onChange={({ target }) => setKind(kinds.find((one) => one === target.value) ?? kind)}
          >
            {kinds.map((one) => (
              <option key={one} value={one}>
                {t(`followUp.step.${one}`)}
              </option>
            ))}
          </select>
        </div>
        <div className="ds-field">
          <label className="ds-label" htmlFor={`${id}-who`}>
            {t('followUp.who')}
          </label>
          <select
            className="ds-input"
            id={`${id}-who`}
            value={responsible}
            onChange={({ target }) =>
              setResponsible(target.value === 'LEADER' ? 'LEADER' : 'CONTACT_TEACHER')
            }
          >
            <option value="CONTACT_TEACHER">{t('role.CONTACT_TEACHER')}</option>
            <option value="LEADER">{t('role.LEADER')}</option>
          </select>
        </div>
        <div className="ds-field">
          <label className="ds-label" htmlFor={`${id}-due`}>
            {t('followUp.dueOn')}
          </label>
          <input
            className="ds-input"
            id={`${id}-due`}
            type="date"
            required
            min={today}
            value={dueOn}
            onChange={({ target }) => setDueOn(target.value)}
          />
        </div>
      </div>
      <Said
        error={add.error}
        refusal={result !== undefined && 'message' in result ? result.message : undefined}
      />
      <button type="submit" className="ds-button" data-variant="secondary" disabled={add.isPending}>
        {t('followUp.add')}
      </button>
    </form>
  );
}

function Close({ followUpId }: { readonly followUpId: string }): ReactNode {
  const { t } = useWords();
  const [outcome, setOutcome] = useState<Outcome>('PRESENT_AGAIN');
  const id = useId();
  const close = useChange(CloseFollowUp);
  const result = close.data?.data.closeFollowUp;
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        close.mutate({ input: { followUpId, outcome } });
      }}
    >
      <div className="ds-field">
        <label className="ds-label" htmlFor={id}>
          {t('followUp.outcome')}
        </label>
        <select
          className="ds-input"
          id={id}
          value={outcome}
          onChange={({ target }) => setOutcome(outcomes.find((one) => one === target.value) ?? outcome)}
        >
          {outcomes.map((one) => (
            <option key={one} value={one}>
              {t(`followUp.outcome.${one}`)}
            </option>
          ))}
        </select>
      </div>
      <Said
        error={close.error}
        refusal={result !== undefined && 'message' in result ? result.message : undefined}
      />
      <button type="submit" className="ds-button" data-variant="secondary" disabled={close.isPending}>
        {t('followUp.close')}
      </button>
    </form>
  );
}
