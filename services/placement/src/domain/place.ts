import type { Application, Priority, Wish } from './instance.ts';

/** What a child has for one wish: its own flags, those of the wish, and what was found out in the round. */
export type HasFlag = (flag: string) => boolean;

/** Where a kindergarten puts a child before anything else is looked at, smaller first; below `places`. */
export interface Ranker {
  readonly places: number;
  readonly place: (application: Application, wish: Wish, has: HasFlag) => number;
}

export function rankerOf(priority: Priority): Ranker {
  switch (priority.mode) {
    case 'firstMatch': {
      const { groups } = priority;
      return {
        places: groups.length + 1,
        place: (_application, _wish, has) => {
          const at = groups.findIndex(has);
          return at === -1 ? groups.length : at;
        },
      };
    }
    case 'lexicographic':
      return {
        places: 2 ** priority.groups.length,
        place: (_application, _wish, has) =>
          priority.groups.reduce((place, flag) => place * 2 + (has(flag) ? 0 : 1), 0),
      };
    case 'points':
      return pointsRanker([...priority.points]);
    case 'explicit': {
      const places = new Map(priority.order.map((id, at) => [id, at]));
      return {
        places: priority.order.length + 1,
        place: ({ id }) => places.get(id) ?? priority.order.length,
      };
    }
  }
}

/** `law18` first, then whoever has more points. */
function pointsRanker(points: readonly (readonly [string, number])[]): Ranker {
  const most = points.reduce((sum, [, value]) => sum + Math.max(0, value), 0);
  const least = points.reduce((sum, [, value]) => sum + Math.min(0, value), 0);
  const span = most - least + 1;
  return {
    places: span * 2,
    place: (_application, _wish, has) => {
      const sum = points.reduce((all, [flag, value]) => all + (has(flag) ? value : 0), 0);
      return (has('law18') ? 0 : span) + most - sum;
    },
  };
}
