import { createLog } from '@ranselpost/kit/log';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { RegisterFault } from '@ranselpost/kit/outside/fault';
import { dispatch } from './dispatch.ts';

interface Item {
  readonly id: string;
  readonly isUrgent: boolean;
}

/** A queue that is worked off with some places; what is under way is let go by `finish`. */
function start(places: number, fail?: (item: Item) => unknown) {
  const queue: Item[] = [];
  const underWay: { batch: readonly Item[]; finish: () => void }[] = [];
  const stopping = new AbortController();
  let awaken = () => {};
  const done = dispatch<Item>({
    operation: 'test',
    log: createLog('test', 'error'),
    signal: stopping.signal,
    places,
    idOf: ({ id }) => id,
    next: async (except, isUrgentOnly) => {
      const found = queue.find(({ id, isUrgent }) => !except.includes(id) && (isUrgent || !isUrgentOnly));
      return found === undefined ? [] : [found];
    },
    work: async (batch) => {
      const error = fail?.(batch[0]!);
      if (error !== undefined) throw error;
      await new Promise<void>((finish) => underWay.push({ batch, finish }));
      queue.splice(queue.indexOf(batch[0]!), 1);
    },
    onWake: (call) => (awaken = call),
  });
  return {
    add: (id: string, isUrgent = false) => {
      queue.push({ id, isUrgent });
      awaken();
    },
    ids: () => underWay.map(({ batch }) => batch[0]!.id),
    finishAll: () => underWay.splice(0).forEach(({ finish }) => finish()),
    stop: () => {
      stopping.abort();
      return done;
    },
  };
}

describe('keeping batches going', () => {
  test('keeps the last place for what is urgent, and takes nothing twice (FREG-11)', async () => {
    const queue = start(3);
    for (const id of ['a', 'b', 'c']) queue.add(id);
    await eventually(() => expect(queue.ids()).toEqual(['a', 'b']));
    queue.add('protection', true);
    await eventually(() => expect(queue.ids()).toEqual(['a', 'b', 'protection']));
    queue.finishAll();
    await eventually(() => expect(queue.ids()).toEqual(['c']));
    queue.finishAll();
    await queue.stop();
  });

  test('waits as long as a register asks it to, and then tries again', async () => {
    let asked = 0;
    const away = new RegisterFault('away', { register: 'freg', operation: 'look-up', retryInMs: 300 });
    const queue = start(2, () => ((asked += 1) === 1 ? away : undefined));
    queue.add('a');
    await eventually(() => expect(asked).toBe(1));
    await sleep(150);
    expect(asked).toBe(1);
    await eventually(() => expect(queue.ids()).toEqual(['a']));
    queue.finishAll();
    await queue.stop();
  });

  test('finishes what is under way before it stops', async () => {
    const queue = start(2);
    queue.add('a');
    await eventually(() => expect(queue.ids()).toEqual(['a']));
    let isOver = false;
    const stopped = queue.stop().then(() => (isOver = true));
    await sleep(50);
    expect(isOver).toBe(false);
    queue.finishAll();
    await stopped;
  });
});
