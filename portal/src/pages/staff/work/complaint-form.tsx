import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { ForwardLeaveComplaint, ReverseLeaveDecision } from '../../../graph/generated/operations.ts';
import { useChange } from '../../../graph/use-graph.ts';
import { Said } from '../../../parts/said.tsx';
import { useWords } from '../../../words/words.ts';
import { type Days, DaysChoice } from './days-choice.tsx';
import { type Exception, Exceptions } from './exceptions.tsx';
import type { OpenLeave } from './leave-page.tsx';
import { ReasonsField } from '../../common/reasons-field.tsx';

const answers = ['forward', 'GRANTED', 'REFUSED'] as const;

/** What the leader does about a complaint: stands by the decision and sends it on, or decides anew (ADM-04, ADM-10). */
export function ComplaintForm({
  leave,
  complaint,
}: {
  readonly leave: OpenLeave;
  readonly complaint: OpenLeave['complaints'][number];
}): ReactNode {
  const { t, instant } = useWords();
  const [, goTo] = useLocation();
  const all: Days = { firstDay: leave.firstDay, lastDay: leave.lastDay };
  const [answer, setAnswer] = useState<(typeof answers)[number]>('forward');
  const [days, setDays] = useState(all);
  const [exceptions, setExceptions] = useState<readonly Exception[]>([]);
  const [text, setText] = useState('');
  const [key, setKey] = useState(() => crypto.randomUUID());
  const forward = useChange(ForwardLeaveComplaint);
  const reverse = useChange(ReverseLeaveDecision);
  const result =
    answer === 'forward' ? forward.data?.data.forwardLeaveComplaint : reverse.data?.data.reverseLeaveDecision;
  const isFewer = days.firstDay !== all.firstDay || days.lastDay !== all.lastDay;
  const settled = (settledBy: object): void => {
    setKey(crypto.randomUUID());
    if (!('message' in settledBy)) goTo('/tasks');
  };
  const submit = (): void => {
    if (answer === 'forward')
      forward.mutate(
        { input: { complaintId: complaint.id, note: text } },
        { onSuccess: ({ data }) => settled(data.forwardLeaveComplaint) },
      );
    else
      reverse.mutate(
        {
          input: {
            ...{ leaveId: leave.id, outcome: answer, reasons: text, idempotencyKey: key },
            ...(answer === 'GRANTED' ? { exceptions } : {}),
            ...(answer === 'GRANTED' && isFewer ? { days } : {}),
          },
        },
        { onSuccess: ({ data }) => settled(data.reverseLeaveDecision) },
      );
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h2 className="ds-heading" data-size="sm">
        {t('leave.answerComplaint')}
      </h2>
      {complaint.complainedAt !== null && (
        <p className="quiet">
          {t('leave.complainedAt', { time: instant(complaint.complainedAt) })}
          {complaint.isLate === true && ` ${t('leave.late')}`}
        </p>
      )}
      <fieldset className="ds-fieldset">
        <legend className="ds-label">{t('leave.outcome')}</legend>
        {answers
          .filter((one) => one !== leave.state)
          .map((one) => (
            <label key={one} className="choice">
              <input
                type="radio"
                name="answer"
                className="ds-input"
                checked={answer === one}
                onChange={() => setAnswer(one)}
              />
              <span>{t(`leave.complaint.${one}`)}</span>
            </label>
          ))}
      </fieldset>
      {answer === 'GRANTED' && <DaysChoice all={all} days={days} choose={setDays} />}
      {answer === 'GRANTED' && <Exceptions chosen={exceptions} choose={setExceptions} />}
      <ReasonsField
        label={t(answer === 'forward' ? 'leave.note' : 'leave.reasons')}
        isRequired
        text={text}
        write={setText}
      />
      <Said
        error={forward.error ?? reverse.error}
        refusal={result !== undefined && 'message' in result ? result.message : undefined}
      />
      <button
        type="submit"
        className="ds-button"
        disabled={forward.isPending || reverse.isPending || text.trim() === ''}
      >
        {t('leave.sendDecision')}
      </button>
    </form>
  );
}
