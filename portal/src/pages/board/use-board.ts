import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { Away, ask } from '../../graph/ask.ts';
import {
  DayBoard,
  type DayBoardQuery,
  type DayBoardQueryVariables,
  TabletBoard,
  type TabletBoardQuery,
} from '../../graph/generated/operations.ts';
import { graphKey } from '../../graph/use-graph.ts';
import { type Words, useWords, writeName } from '../../words/words.ts';
import type { Row } from './rows.ts';

type Staffed = NonNullable<NonNullable<DayBoardQuery['unit']>['dayBoard']>['staffing'];

/** The whole of a board, all of its pages. */
export interface WholeBoard {
  readonly isOpen: boolean;
  readonly staffing: Staffed;
  readonly rows: readonly Row[];
}

export interface BoardOf {
  readonly unitId: string;
  readonly groupId: string | null;
  readonly day: string;
  readonly isTablet: boolean;
}

/** What comes without a hint: that a child should have gone, and what a hint was lost of. */
const anewMs = 60_000;

interface PageOf {
  readonly isOpen: boolean;
  readonly staffing: Staffed;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly rows: readonly Row[];
}

const ofStaff = ({ unit }: DayBoardQuery, { name, t }: Words): PageOf | null =>
  unit?.dayBoard == null
    ? null
    : {
        ...unit.dayBoard,
        rows: unit.dayBoard.nodes.map(({ child, ...row }) => ({
          ...row,
          childId: child.id,
          called: name(child.name, t('app.child')),
        })),
      };

const ofTablet = ({ unit }: TabletBoardQuery, { t }: Words): PageOf | null =>
  unit?.dayBoard == null
    ? null
    : {
        ...unit.dayBoard,
        rows: unit.dayBoard.nodes.map(({ child, ...row }) => ({
          ...row,
          childId: child.id,
          called: child.shortName === null ? t('app.child') : writeName(child.shortName),
        })),
      };

/** Reads a board page after page; null where it cannot be read. */
export function useBoard({ isTablet, unitId, groupId, day }: BoardOf): UseQueryResult<WholeBoard> {
  const words = useWords();
  return useQuery({
    queryKey: [graphKey, 'board', isTablet, unitId, groupId, day, words.language],
    refetchInterval: anewMs,
    queryFn: async ({ signal }): Promise<WholeBoard> => {
      const rows: Row[] = [];
      let after: string | null = null;
      for (;;) {
        const at: DayBoardQueryVariables = { unitId, groupId, day, after };
        const page: PageOf | null = isTablet
          ? ofTablet((await ask(TabletBoard, at, signal)).data, words)
          : ofStaff((await ask(DayBoard, at, signal)).data, words);
        if (page === null) throw new Away('a board that cannot be read now');
        rows.push(...page.rows);
        after = page.pageInfo.endCursor;
        if (!page.pageInfo.hasNextPage) return { isOpen: page.isOpen, staffing: page.staffing, rows };
      }
    },
  });
}
