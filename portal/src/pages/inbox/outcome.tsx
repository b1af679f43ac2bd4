import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { SendMessageMutation } from '../../graph/generated/operations.ts';
import { Said } from '../../parts/said.tsx';
import { useWords } from '../../words/words.ts';
import { type Carried, carry } from './carried.ts';

type Sent = SendMessageMutation['sendMessage'];
/** What was refused with passages to look at, or for another reason. */
export type Refused =
  Extract<Sent, { readonly findings: unknown }> | { readonly __typename: string; readonly message: string };

/** Why a message was not sent: in the graph's own words, with each passage that the guard saw, and what can be done. */
export function Outcome({
  error,
  refused,
  text,
  carried,
}: {
  readonly error: Error | null;
  readonly refused: Refused | undefined;
  readonly text: string;
  readonly carried: Carried | null;
}): ReactNode {
  const { t } = useWords();
  const found = refused !== undefined && 'findings' in refused ? refused.findings : [];
  return (
    <>
      <Said error={error} refusal={refused?.message} />
      {found.length > 0 && (
        <ul>
          {found.map(({ part, topic, start, end, reason }) => (
            <li key={`${part} ${start}`}>
              {part === 'BODY' && <q>{text.slice(start, end)}</q>}{' '}
              {carried === null ? t(`guard.${topic}`) : reason}
            </li>
          ))}
        </ul>
      )}
      {refused?.__typename === 'TextDiverted' && carried !== null && (
        <Link
          to="/contact-form"
          className="ds-button"
          data-variant="secondary"
          onClick={() => carry(carried)}
        >
          {t('write.toContactForm')}
        </Link>
      )}
    </>
  );
}
