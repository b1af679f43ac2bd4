import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { boardQuery, type Board } from '../visitor/register.ts';
import type { Visitor } from '../visitor/visitor.ts';

/** After a hint a board is read at once, and again at the earliest so much later: what came meanwhile is in that. */
const restMs = 250;

export interface OpenBoards {
  /** How long each reading of a board took. */
  readonly times: number[];
  /** How long it took from when a report was due until its board showed it. */
  readonly placed: number[];
  readonly failures: Map<string, number>;
  /** A report was due at that instant, and is acknowledged now. */
  acknowledged(unitId: string, dueAt: number): void;
  /** How many acknowledged reports no board has shown yet. */
  waiting(): number;
  clear(): void;
  close(): Promise<void>;
}

export type Ask = <Data>(who: Visitor, query: string, variables: object) => Promise<Data>;

/** Opens the board of each unit as a portal does: the first page of it, a stream of hints, and what they say to read anew. */
export async function openBoards(
  ask: Ask,
  boards: readonly { readonly who: Visitor; readonly unitId: string }[],
  day: string,
): Promise<OpenBoards> {
  const agent = new Agent({ connections: boards.length + 10, bodyTimeout: 0 });
  const stop = new AbortController();
  const times: number[] = [];
  const placed: number[] = [];
  const failures = new Map<string, number>();
  const units = new Map(
    boards.map(({ unitId }) => [unitId, { due: [] as number[], shown: 0, at: [] as number[] }]),
  );

  /** The board says how many are reported: so many of those that were acknowledged, in their order, are on it by now. */
  const settle = (unitId: string): void => {
    const unit = units.get(unitId)!;
    while (unit.shown < Math.min(unit.due.length, unit.at.length)) {
      const place = unit.shown;
      placed.push(Math.max(0, unit.at[place]! - unit.due[place]!));
      unit.shown += 1;
    }
  };
  const read = async ({ who, unitId }: (typeof boards)[number]): Promise<void> => {
    const began = performance.now();
    try {
      const { unit } = await ask<{ unit: { dayBoard: Board } }>(who, boardQuery, { id: unitId, day });
      const now = performance.now();
      times.push(now - began);
      const known = units.get(unitId)!;
      while (known.at.length < unit.dayBoard.counts.absentReported) known.at.push(now);
      settle(unitId);
    } catch (error) {
      times.push(Number.POSITIVE_INFINITY);
      const code = (error as Error).message.slice(0, 60);
      failures.set(code, (failures.get(code) ?? 0) + 1);
    }
  };
  const follow = async (board: (typeof boards)[number]): Promise<void> => {
    const url = new URL('/live', board.who.gatewayUrl);
    const { statusCode, body } = await request(url, {
      ...{ dispatcher: agent, signal: stop.signal, headers: { cookie: board.who.jar.header(url) } },
    });
    if (statusCode !== 200) throw new Error(`no stream: ${statusCode}`);
    let isStale = false;
    let isReading = false;
    const refresh = async (): Promise<void> => {
      isStale = true;
      if (isReading) return;
      isReading = true;
      while (isStale && !stop.signal.aborted) {
        isStale = false;
        await read(board);
        await sleep(restMs);
      }
      isReading = false;
    };
    void (async () => {
      for await (const chunk of body) if (String(chunk).includes('"board"')) void refresh();
    })().catch(() => {});
    await refresh();
  };
  for (const board of boards) await follow(board);

  return {
    ...{ times, placed, failures },
    acknowledged: (unitId, dueAt) => {
      if (!units.has(unitId)) return;
      units.get(unitId)!.due.push(dueAt);
      settle(unitId);
    },
    waiting: () => [...units.values()].reduce((sum, unit) => sum + unit.due.length - unit.shown, 0),
    clear: () => {
      times.length = 0;
      placed.length = 0;
      failures.clear();
    },
    close: async () => {
      stop.abort();
      await agent.destroy();
    },
  };
}
