import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Away as NoAnswer } from '../../graph/ask.ts';
import { Page } from '../../parts/page.tsx';
import { Away, Loading } from '../../parts/states.tsx';
import { type Session, sessionKey } from '../../session/session.ts';
import { useWords } from '../../words/words.ts';
import { EnterForm } from './enter-form.tsx';
import { PairForm } from './pair-form.tsx';
import { TabletBoardPage } from './tablet-board-page.tsx';

/** What a paired device shows before anybody is let in. */
export interface ShownTablet {
  readonly unit: { readonly id: string; readonly name: string; readonly kind: string };
  readonly groups: readonly { readonly id: string; readonly name: string }[];
  readonly staff: readonly { readonly id: string; readonly name: string }[];
}

async function readTablet(): Promise<ShownTablet | null> {
  const response = await fetch('/tablet', { headers: { accept: 'application/json' } }).catch(
    (cause: unknown) => {
      throw new NoAnswer('no answer', { cause });
    },
  );
  if (response.status === 404) return null;
  if (!response.ok) throw new NoAnswer(String(response.status));
  return (await response.json()) as ShownTablet;
}

/** A device that several of a unit's staff use: it is paired once, and each is let in by their PIN. */
export default function Tablet({ session }: { readonly session: Session | null }): ReactNode {
  const { t } = useWords();
  const client = useQueryClient();
  const [hasLeft, setLeft] = useState(false);
  const tablet = useQuery({ queryKey: ['tablet'], queryFn: readTablet, staleTime: 0 });
  if (tablet.data === undefined)
    return (
      <main id="content" className="sign-in">
        {tablet.isError ? <Away again={() => void tablet.refetch()} /> : <Loading />}
      </main>
    );
  if (session?.kind === 'tablet' && tablet.data !== null && !hasLeft)
    return (
      <TabletBoardPage
        tablet={tablet.data}
        session={session}
        left={() => {
          setLeft(true);
          client.setQueryData(sessionKey, null);
          client.removeQueries({
            predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] && queryKey[0] !== 'tablet',
          });
        }}
      />
    );
  const entered = async (): Promise<void> => {
    setLeft(false);
    await client.invalidateQueries({ queryKey: sessionKey });
  };
  return (
    <main id="content" className="sign-in tablet">
      {tablet.data === null ? (
        <Page title={t('tablet.pairTitle')}>
          <PairForm paired={() => void tablet.refetch()} />
        </Page>
      ) : (
        <Page title={tablet.data.unit.name}>
          <EnterForm tablet={tablet.data} entered={entered} />
        </Page>
      )}
    </main>
  );
}
