import { type ReactNode, useState } from 'react';
import { UnitThreads } from '../../../graph/generated/operations.ts';
import { useGraph } from '../../../graph/use-graph.ts';
import { More } from '../../../parts/more.tsx';
import { Read, Unread } from '../../../parts/states.tsx';
import { useWords } from '../../../words/words.ts';
import { ThreadCard } from '../../inbox/thread-card.tsx';
import { PlaceChoice, type Roles, placesOf } from '../work-place.tsx';
import { MailPage } from './mail-page.tsx';

/** The threads of a unit that one reads by one's role, whoever they were written to (MSG-02). */
export default function AllPage(): ReactNode {
  return <MailPage>{(roles) => <Chosen roles={roles} />}</MailPage>;
}

function Chosen({ roles }: { readonly roles: Roles }): ReactNode {
  const places = placesOf(roles.map((role) => ({ ...role, group: null })));
  const [key, setKey] = useState(places[0]!.key);
  const place = places.find((one) => one.key === key) ?? places[0]!;
  return (
    <>
      <PlaceChoice places={places} place={place} choose={setKey} />
      <Threads key={place.key} unitId={place.unit.id} />
    </>
  );
}

function Threads({
  unitId,
  after = null,
}: {
  readonly unitId: string;
  readonly after?: string | null;
}): ReactNode {
  const { t } = useWords();
  const answer = useGraph(UnitThreads, { unitId, after });
  return (
    <Read from={answer}>
      {({ data: { unit } }) => {
        const threads = unit?.threads;
        if (threads == null) return <Unread />;
        return (
          <>
            {threads.nodes.length === 0 && after === null && <p className="quiet">{t('inbox.none')}</p>}
            <ul className="cards">
              {threads.nodes.map((thread) => (
                <li key={thread.id}>
                  <ThreadCard
                    thread={thread}
                    isUnread={thread.inboxEntry?.isUnread ?? false}
                    at={thread.lastMessageAt}
                  />
                </li>
              ))}
            </ul>
            {threads.pageInfo.hasNextPage && (
              <More label={t('inbox.older')}>
                {() => <Threads unitId={unitId} after={threads.pageInfo.endCursor} />}
              </More>
            )}
          </>
        );
      }}
    </Read>
  );
}
