import type { UseQueryResult } from '@tanstack/react-query';
import type { Answer } from '../../graph/ask.ts';
import { People, type PeopleQuery } from '../../graph/generated/operations.ts';
import { useGraph } from '../../graph/use-graph.ts';
import { type Name, type Word, useWords } from '../../words/words.ts';

type Viewer = NonNullable<PeopleQuery['viewer']>;
export type OwnChild = Viewer['children'][number];

type Role = NonNullable<OwnChild['accessExplained']>['staff'][number]['role'];

/** What those are called at work whom a guardian writes to. */
const roleWords: Partial<Record<Role, Word>> = {
  LEADER: 'role.LEADER',
  ADMINISTRATOR: 'role.ADMINISTRATOR',
  CONTACT_TEACHER: 'role.CONTACT_TEACHER',
  TEACHER: 'role.TEACHER',
  ASSISTANT: 'role.ASSISTANT',
  AFTER_SCHOOL: 'role.AFTER_SCHOOL',
  KINDERGARTEN: 'role.KINDERGARTEN',
};

/** Everybody whose name a guardian may know, by id: those who work with their children, and the guardians of these. */
export function namesOf(viewer: Viewer | null): ReadonlyMap<string, Name> {
  const known = (viewer?.children ?? []).flatMap(({ guardians, accessExplained }) => [
    ...guardians,
    ...(accessExplained?.staff ?? []).map(({ staff }) => staff),
  ]);
  return new Map(known.map(({ id, name }) => [id, name]));
}

export interface Known {
  readonly viewerId: string | undefined;
  readonly children: readonly OwnChild[];
  /** What somebody is called; of whoever may not be named, as whom they write. */
  readonly called: (personId: string, capacity: 'GUARDIAN' | 'STAFF') => string;
  readonly answer: UseQueryResult<Answer<PeopleQuery>>;
}

export function usePeople(): Known {
  const { t, name } = useWords();
  const answer = useGraph(People, {});
  const viewer = answer.data?.data.viewer ?? null;
  const names = namesOf(viewer);
  const roles = new Map(
    (viewer?.children ?? []).flatMap(({ accessExplained }) =>
      (accessExplained?.staff ?? []).map(({ staff, role }) => [staff.id, roleWords[role]] as const),
    ),
  );
  return {
    ...{ viewerId: viewer?.id, children: viewer?.children ?? [], answer },
    called: (personId, capacity) =>
      personId === viewer?.id
        ? t('inbox.you')
        : name(
            names.get(personId),
            t(capacity === 'STAFF' ? (roles.get(personId) ?? 'inbox.staff') : 'inbox.guardian'),
          ),
  };
}

/** First names that are no news to a guardian: of their own children, and of those who work with them. For the guard alone. */
export const firstNames = ({ children }: Known): readonly string[] =>
  [
    ...new Set(
      children
        .flatMap(({ name, accessExplained }) => [
          name?.given,
          ...(accessExplained?.staff ?? []).map(({ staff }) => staff.name?.given),
        ])
        .filter((given): given is string => given !== undefined)
        .flatMap((given) => given.split(' ')),
    ),
  ].slice(0, 50);
