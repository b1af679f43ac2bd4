import { type ReactNode, useState } from 'react';
import { useDay } from '../../../day.ts';
import {
  ComplainAboutLeave,
  ObjectToLeave,
  OpenLeaveDecision,
  WithdrawLeave,
} from '../../../graph/generated/operations.ts';
import { useChange } from '../../../graph/use-graph.ts';
import { Asked } from '../../../parts/asked.tsx';
import { Said } from '../../../parts/said.tsx';
import { Sheet } from '../../../parts/sheet.tsx';
import { useWords } from '../../../words/words.ts';
import { ReasonsField } from '../../common/reasons-field.tsx';
import type { LeaveChild } from './leave-page.tsx';

type Leave = NonNullable<LeaveChild['leaves']>['nodes'][number];

/** Leave that somebody has applied for: how it stands, and what a guardian can do about it. */
export function OneLeave({ leave }: { readonly leave: Leave }): ReactNode {
  const { t, day } = useWords();
  const today = useDay();
  const days =
    leave.firstDay === leave.lastDay ? day(leave.firstDay) : `${day(leave.firstDay)} – ${day(leave.lastDay)}`;
  const isOwn = leave.file !== null;
  const isDecided = leave.state === 'GRANTED' || leave.state === 'REFUSED';
  const canWithdraw =
    isOwn && (leave.state === 'APPLIED' || leave.state === 'GRANTED') && leave.lastDay >= today;
  const complaint = leave.complaints.find(({ isByViewer }) => isByViewer);
  return (
    <>
      <h3 className="ds-heading" data-size="2xs">
        {days}
      </h3>
      <p>
        <span className="ds-tag" data-color={leave.state === 'REFUSED' ? 'danger' : 'neutral'}>
          {t(`leave.state.${leave.state}`)}
        </span>{' '}
        <span className="quiet">
          {t(`leave.kind.${leave.kind}`)}, {t('leave.schoolDays', { count: leave.schoolDays })},{' '}
          {leave.unit?.name}
        </span>
      </p>
      {leave.isObjectedByViewer && <p className="quiet">{t('apply.objected')}</p>}
      {complaint !== undefined && (
        <p>
          {t(`apply.complaint.${complaint.state}`)} {complaint.note !== null && <q>{complaint.note}</q>}
        </p>
      )}
      <div className="row">
        {isDecided && <Letter leaveId={leave.id} of={days} />}
        {isDecided && complaint === undefined && <Complain leave={leave} of={days} />}
        {canWithdraw && <Withdraw leaveId={leave.id} of={days} />}
        {!isOwn && leave.state === 'APPLIED' && !leave.isObjectedByViewer && (
          <Disagree leave={leave} of={days} />
        )}
      </div>
    </>
  );
}

interface Which {
  readonly leaveId: string;
  readonly of: string;
}

/** The letter of a decision. To open it is to receive it: from then on there is time to complain. */
function Letter({ leaveId, of }: Which): ReactNode {
  const { t, longDay } = useWords();
  const [isOpen, setOpen] = useState(false);
  const open = useChange(OpenLeaveDecision);
  const result = open.data?.data.openLeaveDecision;
  return (
    <>
      <button
        type="button"
        className="ds-button"
        data-variant="secondary"
        aria-label={`${t('apply.letter')}: ${of}`}
        disabled={open.isPending}
        onClick={() => {
          setOpen(true);
          open.mutate({ input: { leaveId } });
        }}
      >
        {t('apply.letter')}
      </button>
      {isOpen && (
        <Sheet title={t('apply.decision')} close={() => setOpen(false)}>
          <Said
            error={open.error}
            refusal={result !== undefined && 'message' in result ? result.message : undefined}
          />
          {result?.__typename === 'LeaveDecisionOpened' && (
            <>
              <p className="letter" lang="nb">
                {result.text}
              </p>
              {result.complaintUntil !== null && (
                <p>{t('apply.complaintUntil', { day: longDay(result.complaintUntil) })}</p>
              )}
            </>
          )}
        </Sheet>
      )}
    </>
  );
}

function Withdraw({ leaveId, of }: Which): ReactNode {
  const { t } = useWords();
  const withdraw = useChange(WithdrawLeave);
  const result = withdraw.data?.data.withdrawLeave;
  return (
    <Asked
      label={t('absence.withdraw')}
      of={of}
      lead={t('apply.withdrawLead')}
      isPending={withdraw.isPending}
      act={(done) =>
        withdraw.mutate(
          { input: { leaveId } },
          { onSuccess: ({ data }) => 'message' in data.withdrawLeave || done() },
        )
      }
      error={withdraw.error}
      refusal={result !== undefined && 'message' in result ? result.message : undefined}
    />
  );
}

interface OfLeave {
  readonly leave: Leave;
  readonly of: string;
}

function Disagree({ leave, of }: OfLeave): ReactNode {
  const { t } = useWords();
  const object = useChange(ObjectToLeave);
  const result = object.data?.data.objectToLeave;
  return (
    <Written
      label={t('apply.object')}
      of={of}
      lead={t('apply.objectLead')}
      mayWrite={leave.kind === 'GENERAL'}
      isPending={object.isPending}
      send={(text, done) =>
        object.mutate(
          { input: { leaveId: leave.id, ...(text === '' ? {} : { text }) } },
          { onSuccess: ({ data }) => 'message' in data.objectToLeave || done() },
        )
      }
      error={object.error}
      refusal={result !== undefined && 'message' in result ? result.message : undefined}
    />
  );
}

function Complain({ leave, of }: OfLeave): ReactNode {
  const { t } = useWords();
  const complain = useChange(ComplainAboutLeave);
  const result = complain.data?.data.complainAboutLeave;
  return (
    <Written
      label={t('apply.complain')}
      of={of}
      lead={t('apply.complainLead')}
      mayWrite={leave.kind === 'GENERAL'}
      isPending={complain.isPending}
      send={(text, done) =>
        complain.mutate(
          { input: { leaveId: leave.id, ...(text === '' ? {} : { text }) } },
          { onSuccess: ({ data }) => 'message' in data.complainAboutLeave || done() },
        )
      }
      error={complain.error}
      refusal={result !== undefined && 'message' in result ? result.message : undefined}
    />
  );
}

/** Something that is said about leave in one's own words; about a holy day without any (LEA-04). */
function Written({
  label,
  of,
  lead,
  mayWrite,
  isPending,
  send,
  error,
  refusal,
}: {
  readonly label: string;
  readonly of: string;
  readonly lead: string;
  readonly mayWrite: boolean;
  readonly isPending: boolean;
  readonly send: (text: string, done: () => void) => void;
  readonly error: Error | null;
  readonly refusal: string | undefined;
}): ReactNode {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState('');
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
              send(text.trim(), () => setOpen(false));
            }}
          >
            <p>{lead}</p>
            {mayWrite && (
              <ReasonsField label={t('apply.words')} isRequired={false} text={text} write={setText} />
            )}
            <Said error={error} refusal={refusal} />
            <button type="submit" className="ds-button" disabled={isPending}>
              {t('absence.send')}
            </button>
          </form>
        </Sheet>
      )}
    </>
  );
}
