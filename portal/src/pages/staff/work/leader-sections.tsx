import { type ReactNode, useId, useState } from 'react';
import { Link } from 'wouter';
import {
  AnswerContactForm,
  LeaderWork,
  type LeaderWorkQuery,
  TakeOnSafetyConcern,
} from '../../../graph/generated/operations.ts';
import { useChange, useGraph } from '../../../graph/use-graph.ts';
import { Said } from '../../../parts/said.tsx';
import { Read } from '../../../parts/states.tsx';
import { useWords } from '../../../words/words.ts';
import { WorkItems } from './work-items.tsx';

type Form = LeaderWorkQuery['unitContactForms']['nodes'][number];
type Concern = LeaderWorkQuery['safetyConcerns']['nodes'][number];

/** What is for a unit's leader alone. None of it says what was written, or by whom: that is in the archive. */
export function LeaderSections({ unitId }: { readonly unitId: string }): ReactNode {
  const { t } = useWords();
  const answer = useGraph(LeaderWork, { unitId });
  return (
    <>
      <Read from={answer}>
        {({ data: { unitContactForms: forms, safetyConcerns: concerns } }) => (
          <>
            <section aria-labelledby="concerns">
              <h2 className="ds-heading" data-size="sm" id="concerns">
                {t('work.concerns')}
              </h2>
              <p className="quiet">{t('work.concernsLead')}</p>
              {concerns.nodes.length === 0 && <p className="quiet">{t('work.noConcerns')}</p>}
              <ul className="cards">
                {concerns.nodes.map((concern) => (
                  <li key={concern.id} className="ds-card">
                    <OneConcern concern={concern} />
                  </li>
                ))}
              </ul>
              {concerns.pageInfo.hasNextPage && <p className="quiet">{t('work.newestShown')}</p>}
            </section>
            <section aria-labelledby="forms">
              <h2 className="ds-heading" data-size="sm" id="forms">
                {t('work.forms')}
              </h2>
              <p className="quiet">{t('work.formsLead')}</p>
              {forms.nodes.length === 0 && <p className="quiet">{t('work.noForms')}</p>}
              <ul className="cards">
                {forms.nodes.map((form) => (
                  <li key={form.id} className="ds-card">
                    <OneForm form={form} />
                  </li>
                ))}
              </ul>
              {forms.pageInfo.hasNextPage && <p className="quiet">{t('work.newestShown')}</p>}
            </section>
          </>
        )}
      </Read>
      <section aria-labelledby="unsettled">
        <h2 className="ds-heading" data-size="sm" id="unsettled">
          {t('case.title')}
        </h2>
        <WorkItems />
      </section>
      <section aria-labelledby="seen">
        <h2 className="ds-heading" data-size="sm" id="seen">
          {t('work.access')}
        </h2>
        <p>{t('work.accessLead')}</p>
        <Link to={`/tasks/access/${unitId}`} className="ds-link touch">
          {t('work.accessShow')}
        </Link>
      </section>
    </>
  );
}

function OneConcern({ concern }: { readonly concern: Concern }): ReactNode {
  const { t, instant } = useWords();
  const take = useChange(TakeOnSafetyConcern);
  const { id, cause, isAboutStaff, raisedAt, takenOnAt, caseNumber } = concern;
  return (
    <>
      <p>
        <strong>{t(`work.cause.${cause}`)}</strong>, {instant(raisedAt)}
        {isAboutStaff && `. ${t('work.aboutStaff')}`}
      </p>
      <p className="quiet">
        {caseNumber === null ? t('work.noCaseYet') : t('work.case', { number: caseNumber })}
      </p>
      {takenOnAt === null ? (
        <button
          type="button"
          className="ds-button"
          data-variant="secondary"
          disabled={take.isPending}
          aria-label={`${t('work.takeOn')}: ${t(`work.cause.${cause}`)}, ${instant(raisedAt)}`}
          onClick={() => take.mutate({ input: { concernId: id } })}
        >
          {t('work.takeOn')}
        </button>
      ) : (
        <p>{t('work.takenOn', { time: instant(takenOnAt) })}</p>
      )}
      <Said error={take.error} refusal={undefined} />
    </>
  );
}

function OneForm({ form }: { readonly form: Form }): ReactNode {
  const { t, instant } = useWords();
  const id = useId();
  const [reference, setReference] = useState('');
  const answer = useChange(AnswerContactForm);
  const result = answer.data?.data.answerContactForm;
  const { status, receivedAt, fileCount, caseNumber, answerReference } = form;
  return (
    <>
      <p>
        <strong>{instant(receivedAt)}</strong>: {t(`contact.status.${status}`)}
        {fileCount > 0 && `, ${t('work.files', { count: fileCount })}`}
      </p>
      <p className="quiet">
        {caseNumber === null ? t('work.noCaseYet') : t('work.case', { number: caseNumber })}
        {answerReference !== null && `. ${t('work.answeredBy', { number: answerReference })}`}
      </p>
      {status === 'FILED' && (
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            answer.mutate({ input: { formId: form.id, reference } });
          }}
        >
          <div className="ds-field">
            <label className="ds-label" htmlFor={id}>
              {t('work.reference')}
            </label>
            <input
              className="ds-input"
              id={id}
              required
              autoComplete="off"
              maxLength={40}
              value={reference}
              onChange={({ target }) => setReference(target.value)}
            />
          </div>
          <button
            type="submit"
            className="ds-button"
            data-variant="secondary"
            disabled={answer.isPending || reference.trim() === ''}
          >
            {t('work.isAnswered')}
          </button>
        </form>
      )}
      <Said
        error={answer.error}
        refusal={result !== undefined && 'message' in result ? result.message : undefined}
      />
    </>
  );
}
