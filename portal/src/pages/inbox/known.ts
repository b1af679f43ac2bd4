import { createContext, useContext } from 'react';
import { type Name, type Word, useWords } from '../../words/words.ts';

/** Who is known to whoever is signed in, by id. */
export interface Known {
  readonly viewerId: string | undefined;
  readonly names: ReadonlyMap<string, Name>;
  /** As what those work whose names may not be shown. */
  readonly roles: ReadonlyMap<string, Word | undefined>;
  /** First names that are no news to them. For the guard alone. */
  readonly firstNames: readonly string[];
}

const nobody: Known = { viewerId: undefined, names: new Map(), roles: new Map(), firstNames: [] };

export const KnownContext = createContext<Known>(nobody);

/** A child that something is about; for staff, with those who answer for it. */
export interface AboutChild {
  readonly id: string;
  readonly name: Name;
  readonly guardians?: readonly { readonly id: string; readonly name: Name }[];
}

export interface Knowing extends Known {
  /** What somebody is called; of whoever may not be named, as whom they write. */
  readonly called: (personId: string, capacity: 'GUARDIAN' | 'STAFF') => string;
}

/** As many as the graph takes. */
const namesMax = 50;

/** The parts of given names, each once. */
export const firstNamesOf = (names: readonly (Name | undefined)[]): readonly string[] =>
  [...new Set(names.flatMap((name) => name?.given.split(' ') ?? []))].slice(0, namesMax);

/** Those whom the page knows, with those who come with the children that something is about. */
export function useKnown(about: readonly AboutChild[] = []): Knowing {
  const { t, name } = useWords();
  const { viewerId, names, roles, firstNames } = useContext(KnownContext);
  const home = about.flatMap(({ guardians = [] }) => guardians);
  const all = new Map([...names, ...home.map((guardian) => [guardian.id, guardian.name] as const)]);
  return {
    ...{ viewerId, names: all, roles },
    firstNames: [
      ...new Set([...firstNames, ...firstNamesOf([...about, ...home].map((one) => one.name))]),
    ].slice(0, namesMax),
    called: (personId, capacity) =>
      personId === viewerId
        ? t('inbox.you')
        : name(
            all.get(personId),
            t(capacity === 'STAFF' ? (roles.get(personId) ?? 'inbox.staff') : 'inbox.guardian'),
          ),
  };
}
