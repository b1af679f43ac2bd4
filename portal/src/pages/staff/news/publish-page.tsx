import type { ReactNode } from 'react';
import { Page } from '../../../parts/page.tsx';
import { useWords } from '../../../words/words.ts';
import { AtWork } from '../at-work.tsx';
import { speakingPlaces } from '../mail/speaking.ts';
import { PublishForm } from './news-form.tsx';

/** News for whoever is a guardian at a place: they stand there, also for those who come later (M30). */
export default function PublishPage(): ReactNode {
  const { t } = useWords();
  return (
    <AtWork title={t('news.new')}>
      {({ roles }) => {
        const places = speakingPlaces(roles);
        return (
          <Page title={t('news.new')}>
            <p>{t('news.lead')}</p>
            {places.length === 0 ? (
              <p className="ds-alert" data-color="info">
                {t('broadcast.nowhere')}
              </p>
            ) : (
              <PublishForm places={places} />
            )}
          </Page>
        );
      }}
    </AtWork>
  );
}
