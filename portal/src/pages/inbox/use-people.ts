import type { UseQueryResult } from '@tanstack/react-query';
import type { Answer } from '../../graph/ask.ts';
import { People, type PeopleQuery } from '../../graph/generated/operations.ts';
import { useGraph } from '../../graph/use-graph.ts';
import type { Word } from '../../words/words.ts';
import { type Known, firstNamesOf } from './known.ts';

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

/** Whom a guardian knows: those who work with their children, and the guardians of these. */
export interface Family extends Known {
  readonly answer: UseQueryResult<Answer<PeopleQuery>>;
}

export function usePeople(): Family {
  const answer = useGraph(People, {});
  const viewer = answer.data?.data.viewer ?? null;
  const children = viewer?.children ?? [];
  const staff = children.flatMap(({ accessExplained }) => accessExplained?.staff ?? []);
  return {
    ...{ answer, viewerId: viewer?.id },
    names: new Map(
      [...children.flatMap(({ guardians }) => guardians), ...staff.map((one) => one.staff)].map(
        ({ id, name }) => [id, name],
      ),
    ),
    roles: new Map(staff.map((one) => [one.staff.id, roleWords[one.role]])),
    firstNames: firstNamesOf([...children, ...staff.map((one) => one.staff)].map(({ name }) => name)),
  };
}
