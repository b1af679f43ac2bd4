import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Page } from '../../../parts/page.tsx';
import { useWords } from '../../../words/words.ts';
import { KnownContext } from '../../inbox/known.ts';
import { type PlaceWithin, Places } from '../../inbox/places.tsx';
import { AtWork } from '../at-work.tsx';
import type { Roles } from '../work-place.tsx';

const places: readonly PlaceWithin[] = [
  { to: '/inbox', word: 'mail.mine' },
  { to: '/inbox/waiting', word: 'mail.waiting' },
  { to: '/inbox/all', word: 'mail.all' },
  { to: '/inbox/sent', word: 'mail.sent' },
  { to: '/inbox/news', word: 'received.news' },
  { to: '/inbox/events', word: 'announce.place' },
  { to: '/inbox/begun', word: 'mail.begun' },
  { to: '/inbox/put-away', word: 'inbox.putAway' },
];

/** Pages on which staff are known to themselves; those at home come with what is read of their children. */
export function OfStaff({
  viewerId,
  children,
}: {
  readonly viewerId: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <KnownContext value={{ viewerId, names: new Map(), roles: new Map(), firstNames: [] }}>
      {children}
    </KnownContext>
  );
}

/** A page within the inbox of staff. */
export function MailPage({ children }: { readonly children: (roles: Roles) => ReactNode }): ReactNode {
  const { t } = useWords();
  return (
    <AtWork title={t('inbox.title')}>
      {({ id, roles }) => (
        <OfStaff viewerId={id}>
          <Page title={t('inbox.title')}>
            <Link to="/inbox/new" className="ds-button">
              {t('inbox.write')}
            </Link>
            <Places places={places} />
            {children(roles)}
          </Page>
        </OfStaff>
      )}
    </AtWork>
  );
}
