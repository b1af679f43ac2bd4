import type { FastifyInstance } from 'fastify';
import { controlPage } from '../common/page.ts';
import { numberOf } from '../common/people.ts';
import type { Contacts, ContactWish } from './contacts.ts';

const statuses = ['AKTIV', 'SLETTET', 'IKKE_REGISTRERT'];
const languages = ['nb', 'nn', 'en', 'se', null];

export function contactControl(app: FastifyInstance, contacts: Contacts, now: () => number): void {
  app.get('/control/state', async () => ({ lastChangeId: contacts.lastChangeId }));

  app.post<{ Body: ({ person?: unknown } & ContactWish) | null }>(
    '/control/contacts',
    async (request, reply) => {
      const { person, ...wish } = request.body ?? {};
      const number = numberOf(person);
      if (number === undefined)
        return reply
          .code(400)
          .send({ error: 'person must be a national number or a name such as F1.mother' });
      if (wish.status !== undefined && !statuses.includes(String(wish.status))) {
        return reply.code(400).send({ error: `status must be one of ${statuses.join(', ')}` });
      }
      if (wish.language !== undefined && !languages.includes(wish.language as string | null)) {
        return reply.code(400).send({ error: 'language must be nb, nn, en, se or null' });
      }
      return { ...contacts.change(number, wish, now()), at: Date.now() };
    },
  );

  app.get<{ Params: { name: string } }>('/control/people/:name', async (request, reply) => {
    const number = numberOf(request.params.name);
    return number === undefined
      ? reply.code(404).send({ error: 'nobody has this number or name' })
      : contacts.of(number, now());
  });

  app.get('/', async (_request, reply) => reply.type('text/html; charset=utf-8').send(page()));
}

function page(): string {
  const change = (title: string, body: object) => ({
    title,
    method: 'POST' as const,
    path: '/control/contacts',
    body,
  });
  return controlPage('KRR (simulator)', 'Contact data, language and reservation against digital mail.', [
    change('A new mail address', { person: 'F1.mother', email: 'ny.adresse@example.test' }),
    change('Reserved from digital mail', { person: 'F1.father', reserved: true }),
    change('Mail grows stale', { person: 'F1.mother', emailDaysAgo: 800 }),
    change('Removed from the register', { person: 'F1.father', status: 'SLETTET' }),
    {
      title: 'The next look-up fails',
      method: 'POST',
      path: '/control/faults',
      body: { kind: 'error', endpoint: 'people', status: 503 },
    },
    { title: 'Switch all faults off', method: 'DELETE', path: '/control/faults' },
  ]);
}
