import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Answer } from '../../../graph/ask.ts';
import type { PreviewBroadcastQuery } from '../../../graph/generated/operations.ts';
import { Read, Unread } from '../../../parts/states.tsx';
import { useWords } from '../../../words/words.ts';
import { type WorkPlace, calledOf } from '../work-place.tsx';

/** To how many a text would go, before it is sent. Whoever may never be counted is in no number, and gets it all the same (ADR-19). */
export function Preview({
  answer,
  places,
}: {
  readonly answer: UseQueryResult<Answer<PreviewBroadcastQuery>>;
  readonly places: readonly WorkPlace[];
}): ReactNode {
  const { t } = useWords();
  return (
    <div className="ds-card" role="status">
      <Read from={answer}>
        {({ data: { previewBroadcast }, faults }) =>
          previewBroadcast === null ? (
            faults.get('previewBroadcast') === 'NOT_FOUND' ? (
              <p>{t('broadcast.nowhere')}</p>
            ) : (
              <Unread />
            )
          ) : (
            <>
              <p>
                <strong>{t('broadcast.count', { count: previewBroadcast.recipientCount })}</strong>
              </p>
              {previewBroadcast.places.length > 1 && (
                <ul>
                  {previewBroadcast.places.map(({ unit, groupId, recipientCount }) => {
                    const key = `${unit?.id} ${groupId ?? ''}`;
                    const place = places.find((one) => one.key === key);
                    return (
                      <li key={key}>
                        {place === undefined ? '' : `${calledOf(place)}: `}
                        {recipientCount !== null && t('broadcast.count', { count: recipientCount })}
                      </li>
                    );
                  })}
                </ul>
              )}
              <p className="quiet">{t('broadcast.uncounted')}</p>
              {previewBroadcast.differsFromUsual && (
                <p className="ds-alert" data-color="warning" data-size="sm">
                  {t('broadcast.unusual')}
                </p>
              )}
            </>
          )
        }
      </Read>
    </div>
  );
}
