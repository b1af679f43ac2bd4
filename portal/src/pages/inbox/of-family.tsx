import type { ReactNode } from 'react';
import { KnownContext } from './known.ts';
import { usePeople } from './use-people.ts';

/** Pages on which those are known by name whom a guardian knows. */
export function OfFamily({ children }: { readonly children: ReactNode }): ReactNode {
  return <KnownContext value={usePeople()}>{children}</KnownContext>;
}
