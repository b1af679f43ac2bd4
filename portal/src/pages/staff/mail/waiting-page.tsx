import { type ReactNode, useState } from 'react';
import { Mailbox } from '../../../graph/generated/operations.ts';
import { useGraph } from '../../../graph/use-graph.ts';
import { More } from '../../../parts/more.tsx';
import { Read, Unread } from '../../../parts/states.tsx';
import { useWords } from '../../../words/words.ts';
import { ThreadCard } from '../../inbox/thread-card.tsx';
import { PlaceChoice, type Roles, type WorkPlace, placesOf } from '../work-place.tsx';
import { MailPage } from './mail-page.tsx';
import { Tending } from './tending.tsx';

/** What waits for somebody to answer, at a unit or in one of its groups: everybody's who works there, until one of them takes it (M27). */
export default function WaitingPage(): ReactNode {
  return <MailPage>{(roles) => <Chosen roles={roles} />}</MailPage>;
}

function Chosen({ roles }: { readonly roles: Roles }): ReactNode {
  const places = placesOf(roles);
  const [key, setKey] = useState(places[0]!.key);
  const place = places.find((one) => one.key === key) ?? places[0]!;
  return (
    <>
      <PlaceChoice places={places} place={place} choose={setKey} />
      <Waiting key={place.key} place={place} />
    </>
  );
}

function Waiting({
  place,
  after = null,
}: {
  readonly place: WorkPlace;
  readonly after?: string | null;
}): ReactNode {
  const { t } = useWords();
  const answer = useGraph(Mailbox, { unitId: place.unit.id, groupId: place.group?.id ?? null, after });
  return (
    <Read from={answer}>
      {({ data: { unit } }) => {
        const mailbox = unit?.mailbox;
        if (mailbox == null) return <Unread />;
        return (
          <>
            {mailbox.nodes.length === 0 && after === null && <p className="quiet">{t('mail.noneWait')}</p>}
            <ul className="cards">
              {mailbox.nodes.map(
                (entry) =>
                  entry.thread !== null &&
                  entry.waitsSince !== null && (
                    <li key={entry.thread.id}>
                      <ThreadCard thread={entry.thread} isUnread={false} at={entry.waitsSince}>
                        <Tending threadId={entry.thread.id} entry={entry} of={entry.thread.subject} />
                      </ThreadCard>
                    </li>
                  ),
              )}
            </ul>
            {mailbox.pageInfo.hasNextPage && (
              <More label={t('mail.more')}>
                {() => <Waiting place={place} after={mailbox.pageInfo.endCursor} />}
              </More>
            )}
          </>
        );
      }}
    </Read>
  );
}
