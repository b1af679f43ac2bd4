import type { ReactNode } from 'react';
import type { SendMessageMutation } from '../../graph/generated/operations.ts';
import { Said } from '../../parts/said.tsx';

type Refused = Exclude<SendMessageMutation['sendMessage'], { readonly __typename: 'MessageSent' }>;

/** Why a message was not sent: in the graph's own words, with each passage that the guard saw, and what can be done. */
export function Outcome({
  error,
  refused,
  text,
}: {
  readonly error: Error | null;
  readonly refused: Refused | undefined;
  readonly text: string;
}): ReactNode {
  const found = refused !== undefined && 'findings' in refused ? refused.findings : [];
  return (
    <>
      <Said error={error} refusal={refused?.message} />
      {found.length > 0 && (
        <ul>
          {found.map(({ part, start, end, reason }) => (
            <li key={`${part} ${start}`}>
              {part === 'BODY' && <q>{text.slice(start, end)}</q>} {reason}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
