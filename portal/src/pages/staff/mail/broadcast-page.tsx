import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import {
  Drafts,
  PreviewBroadcast,
  SendBroadcast,
  type SendBroadcastMutationVariables,
} from '../../../graph/generated/operations.ts';
import { graphQuery, useChange, useGraph } from '../../../graph/use-graph.ts';
import { Files, type SentFile } from '../../../parts/files.tsx';
import { Page } from '../../../parts/page.tsx';
import { SendTimeChoice, isTimeMissing, now, sendAtOf } from '../../../parts/send-time.tsx';
import { Sheet } from '../../../parts/sheet.tsx';
import { Read, Unread } from '../../../parts/states.tsx';
import { useWords } from '../../../words/words.ts';
import { GuardSays } from '../../inbox/guard-says.tsx';
import { Outcome } from '../../inbox/outcome.tsx';
import { SubjectField } from '../../inbox/subject-field.tsx';
import { TextField } from '../../inbox/text-field.tsx';
import { type KeptDraft, useDraft } from '../../inbox/use-draft.ts';
import { reasonIn, useGuard } from '../../inbox/use-guard.ts';
import { isWritten } from '../../inbox/written.ts';
import { AtWork } from '../at-work.tsx';
import { ledUnits } from '../work/whose-work.ts';
import type { WorkPlace } from '../work-place.tsx';
import { Audience, type Urgent } from './audience.tsx';
import { Preview } from './preview.tsx';
import { speakingPlaces } from './speaking.ts';

type Input = SendBroadcastMutationVariables['input'];

/** One text to the guardians at some places, which nobody answers (M09). */
export default function BroadcastPage(): ReactNode {
  const { t } = useWords();
  const [search] = useSearchParams();
  const kept = useGraph(Drafts, {});
  return (
    <AtWork title={t('broadcast.title')}>
      {({ roles }) => {
        const places = speakingPlaces(roles);
        return (
          <Page title={t('broadcast.title')}>
            <p>{t('broadcast.lead')}</p>
            {places.length === 0 ? (
              <p className="ds-alert" data-color="info">
                {t('broadcast.nowhere')}
              </p>
            ) : (
              <Read from={kept}>
                {({ data: { drafts } }) => (
                  <>
                    {drafts === null && <Unread />}
                    <Form
                      places={places}
                      led={ledUnits(roles)}
                      start={drafts?.nodes.find(({ id }) => id === search.get('draft'))}
                    />
                  </>
                )}
              </Read>
            )}
          </Page>
        );
      }}
    </AtWork>
  );
}

function Form({
  places,
  led,
  start,
}: {
  readonly places: readonly WorkPlace[];
  readonly led: ReadonlySet<string>;
  readonly start: KeptDraft | undefined;
}): ReactNode {
  const { t, language } = useWords();
  const [, goTo] = useLocation();
  const begun = start?.broadcast ?? null;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () =>
      new Set(
        begun?.places.map(({ unit, groupId }) => `${unit?.id} ${groupId ?? ''}`) ??
          (places.length === 1 ? [places[0]!.key] : []),
      ),
  );
  const [children, setChildren] = useState<NonNullable<Input['audience']['children']>>(
    begun?.children ?? 'ENROLLED',
  );
  const [urgent, setUrgent] = useState<Urgent>(begun?.urgent ?? null);
  const [title, setTitle] = useState(start?.subject ?? '');
  const [body, setBody] = useState(start?.text ?? '');
  const [files, keepFiles] = useState<readonly SentFile[]>([]);
  const [sendTime, setSendTime] = useState(now);
  const [isAsking, setAsking] = useState(false);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const picked = places.filter((place) => chosen.has(place.key));
  const audience = {
    places: picked.map(({ unit, group }) => ({
      unitId: unit.id,
      ...(group === null ? {} : { groupId: group.id }),
    })),
    children,
  };
  const mayBeUrgent = picked.length > 0 && picked.every(({ unit }) => led.has(unit.id));
  const preview = useQuery({ ...graphQuery(PreviewBroadcast, { audience }), enabled: picked.length > 0 });
  const to = preview.data?.data.previewBroadcast ?? null;
  const level = picked.some(({ unit }) => unit.kind === 'KINDERGARTEN') ? 'KINDERGARTEN' : 'SCHOOL';
  const guarding = useGuard(title, body, level, []);
  const send = useChange(SendBroadcast);
  const result = send.data?.data.sendBroadcast;
  const refused = result !== undefined && 'message' in result ? result : undefined;
  const isNudged = guarding.verdict === 'NUDGE' || refused?.__typename === 'TextToReread';
  const saysUrgent = mayBeUrgent && urgent !== null ? { urgent } : {};
  const mayBeKept =
    picked.length > 0 && isWritten(body) && guarding.isCurrent && guarding.verdict !== 'DIVERT';
  const draft = useDraft(
    start,
    mayBeKept ? { broadcast: { audience, ...saysUrgent }, subject: title, text: body } : null,
  );
  const sendAt = sendAtOf(sendTime);
  const submit = (): void => {
    setAsking(false);
    send.mutate(
      {
        input: {
          ...{ audience, title, body, isReread: isNudged, idempotencyKey: key, ...saysUrgent },
          ...(sendAt === undefined ? {} : { sendAt }),
          ...(to === null ? {} : { confirmation: to.confirmation }),
          files: files.map(({ id }) => ({ attachmentId: id, childIds: [] })),
        },
        language: reasonIn(language),
      },
      {
        onSuccess: ({ data: { sendBroadcast } }) => {
          setKey(crypto.randomUUID());
          if (sendBroadcast.__typename !== 'BroadcastStored') return;
          draft.forget();
          goTo('/inbox/sent');
        },
      },
    );
  };
  const count = to?.recipientCount ?? 0;
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (to?.needsConfirmation === true) setAsking(true);
        else submit();
      }}
    >
      <Audience
        {...{ places, chosen, children, mayBeUrgent, urgent }}
        choose={setChosen}
        chooseChildren={setChildren}
        chooseUrgent={setUrgent}
      />
      {picked.length > 0 && <Preview answer={preview} places={picked} />}
      <SubjectField label={t('broadcast.subject')} subject={title} write={setTitle} />
      <TextField label={t('broadcast.text')} text={body} write={setBody} />
      <Files files={files} keep={keepFiles} note={t('broadcast.filesNote')} />
      <SendTimeChoice legend="send.when" wanted={sendTime} choose={setSendTime} />
      <GuardSays guarding={guarding} carried={null} />
      <Outcome error={send.error} refused={refused} text={body} carried={null} />
      <div className="row">
        <button
          type="submit"
          className="ds-button"
          disabled={
            send.isPending ||
            guarding.verdict === 'DIVERT' ||
            !isWritten(body) ||
            isTimeMissing(sendTime) ||
            to === null
          }
        >
          {t(isNudged ? 'write.sendAnyway' : sendAt === undefined ? 'write.send' : 'send.schedule')}
        </button>
        {draft.isKept && <span className="quiet">{t('write.kept')}</span>}
      </div>
      {isAsking && (
        <Sheet title={t('broadcast.confirm', { count })} close={() => setAsking(false)}>
          <p>{t('broadcast.confirmLead')}</p>
          <button type="button" className="ds-button" onClick={submit}>
            {t('broadcast.confirmSend', { count })}
          </button>
        </Sheet>
      )}
    </form>
  );
}
