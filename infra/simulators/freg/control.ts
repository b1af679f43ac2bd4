import type { FastifyInstance } from 'fastify';
import type { Faults } from '../common/faults.ts';
import { controlPage } from '../common/page.ts';
import { numberOf } from '../common/people.ts';
import type { Extracts } from './extracts.ts';
import { lifeEventKinds, live } from './life-events/index.ts';
import type { Wish } from './life-events/wish.ts';
import type { Modes } from './modes.ts';
import { BadWish, type Register } from './register.ts';

interface Parts {
  readonly register: Register;
  readonly modes: Modes;
  readonly faults: Faults;
  readonly extracts: Extracts;
}

export function registerControl(app: FastifyInstance, { register, modes, faults, extracts }: Parts): void {
  const { feed } = register;
  const state = () => ({ last: feed.last, oldest: feed.oldest, ...modes, extractDelayMs: extracts.delayMs });

  app.get('/control/state', async () => state());

  app.get('/control/life-events', async () => ({ kinds: lifeEventKinds }));
  app.post<{ Body: Wish | null }>('/control/life-events', async (request, reply) => {
    const gap = faults.strike('gap', 'feed');
    if (gap) register.commit({ skipped: Number(gap.settings['size'] ?? 7) });
    try {
      return live(register, request.body ?? {});
    } catch (error) {
      if (error instanceof BadWish) return reply.code(400).send({ error: error.message });
      throw error;
    }
  });

  app.post<{ Body: { oldest?: number } | null }>('/control/feed-start', async (request, reply) => {
    const oldest = request.body?.oldest;
    if (oldest === undefined || !Number.isSafeInteger(oldest) || oldest < 1 || oldest > feed.last + 1) {
      return reply.code(400).send({ error: `oldest must be from 1 to ${feed.last + 1}` });
    }
    register.commit({ oldest });
    return state();
  });

  app.post<{ Body: Partial<Modes & { extractDelayMs: number }> | null }>(
    '/control/modes',
    async (request, reply) => {
      const {
        beyondLast = modes.beyondLast,
        bulkEnded = modes.bulkEnded,
        extractDelayMs = extracts.delayMs,
      } = request.body ?? {};
      if (!['empty', '404'].includes(beyondLast))
        return reply.code(400).send({ error: 'beyondLast must be empty or 404' });
      if (!['error', 'survivor'].includes(bulkEnded))
        return reply.code(400).send({ error: 'bulkEnded must be error or survivor' });
      Object.assign(modes, { beyondLast, bulkEnded });
      extracts.delayMs = Number(extractDelayMs);
      return state();
    },
  );

  app.get<{ Params: { name: string } }>('/control/people/:name', async (request, reply) => {
    const number = numberOf(request.params.name);
    const document = number === undefined ? undefined : register.documentOf(number);
    return document ?? reply.code(404).send({ error: 'nobody has this number or name' });
  });

  app.get('/', async (_request, reply) => reply.type('text/html; charset=utf-8').send(page()));
}

const life = (title: string, body: Wish) => ({
  title,
  method: 'POST' as const,
  path: '/control/life-events',
  body,
});

function page(): string {
  return controlPage(
    'Folkeregisteret (simulator)',
    'The register of people behind Fiks: look-ups and the feed of events.',
    [
      life('Responsibility becomes the mother’s alone', {
        kind: 'sole-responsibility',
        child: 'F1.older',
        holder: 'F1.mother',
      }),
      life('Responsibility becomes joint', {
        kind: 'joint-responsibility',
        child: 'F1.older',
        holders: ['F1.mother', 'F1.father'],
      }),
      life('Annul what is current', { kind: 'annul-responsibility', child: 'F9.child' }),
      life('Somebody dies', { kind: 'death', person: 'F3.father' }),
      life('Address protection', { kind: 'protection', person: 'F2.mother', level: 'strengtFortrolig' }),
      life('A child is born', { kind: 'birth', mother: 'F2.mother' }),
      life('A new number', { kind: 'number-change', person: 'odd.dNumber.child' }),
      life('100,000 events about others', { kind: 'flood', count: 100_000 }),
      {
        title: 'The feed answers HTML once',
        method: 'POST',
        path: '/control/faults',
        body: { kind: 'html', endpoint: 'feed' },
      },
      {
        title: 'Throttle all look-ups',
        method: 'POST',
        path: '/control/faults',
        body: { kind: 'throttle', endpoint: 'bulk', times: 3, retryAfterMs: 500 },
      },
      { title: 'Switch all faults off', method: 'DELETE', path: '/control/faults' },
    ],
  );
}
