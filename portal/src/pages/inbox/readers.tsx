import type { ReactNode } from 'react';
import type { MessageReadersQuery } from '../../graph/generated/operations.ts';
import { useWords } from '../../words/words.ts';
import { useKnown } from './known.ts';

export type ReadersOf = NonNullable<MessageReadersQuery['messageReaders']>;

/** Who of the staff will read what is written, in words: whom it goes to, and who can read it besides. */
export function Readers({
  readers,
  unitName,
  toMailbox,
}: {
  readonly readers: ReadersOf;
  readonly unitName: string;
  readonly toMailbox: boolean;
}): ReactNode {
  const { t } = useWords();
  const { called } = useKnown();
  const named = toMailbox ? readers.mailbox : readers.staff;
  return (
    <div className="ds-card" data-color="neutral">
      <h2 className="ds-heading" data-size="2xs">
        {t('write.whoReads')}
      </h2>
      <ul>
        {named.map(({ person, role, away }) => (
          <li key={person.id}>
            {[...new Set([called(person.id, 'STAFF'), ...(role === null ? [] : [t(`role.${role}`)])])].join(
              ', ',
            )}
            {away !== null && ` (${t('write.away')})`}
          </li>
        ))}
      </ul>
      <p>
        {t(readers.otherStaff === 'ALL_STAFF' ? 'write.allStaff' : 'write.staffInCharge', { unit: unitName })}
      </p>
    </div>
  );
}
