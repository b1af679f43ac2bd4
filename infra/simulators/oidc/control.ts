import type { FastifyInstance } from 'fastify';
import { controlRoutes } from '../common/control.ts';
import type { Faults } from '../common/faults.ts';
import { controlPage } from '../common/page.ts';
import type { Population } from '../population/index.ts';
import type { IssuerProfile } from './profile.ts';
import type { SessionView, SsoSessions } from './sessions.ts';

export interface ControlParts {
  readonly profile: IssuerProfile;
  readonly population: Population;
  readonly faults: Faults;
  readonly sessions: SsoSessions;
}

interface Choice {
  readonly uid?: string;
  readonly pid?: string;
  readonly sid?: string;
}

/** Our own way of changing what an issuer does; nothing of this exists at the real one. */
export function issuerControlRoutes(app: FastifyInstance, parts: ControlParts): void {
  const { profile, population, faults, sessions } = parts;
  controlRoutes(app, population, faults);

  app.get<{ Querystring: { q?: string; limit?: string } }>('/control/logins', async (request) =>
    profile.directory.search(request.query.q ?? '', Number(request.query.limit ?? 50)),
  );
  app.get('/control/sessions', async () => sessions.list());
  app.delete<{ Querystring: Choice }>('/control/sessions', async (request) => ({
    ended: sessions.end(chosenBy(profile, request.query)),
  }));
  app.post<{ Body: Choice & { readonly seconds: number } }>('/control/sessions/age', async (request) => ({
    aged: sessions.age(chosenBy(profile, request.body), Number(request.body.seconds)),
  }));
  app.post<{ Body: Choice | null }>('/control/front-channel-logout', async (request) => ({
    notices: await sessions.logOut(chosenBy(profile, request.body ?? {})),
  }));
  app.get('/', async (_request, reply) => reply.type('text/html').send(overview(profile)));
}

function chosenBy(profile: IssuerProfile, { uid, pid, sid }: Choice): (session: SessionView) => boolean {
  const person = pid === undefined ? undefined : (profile.directory.find(pid)?.id ?? pid);
  return (session) =>
    (uid === undefined || session.uid === uid) &&
    (person === undefined || session.person === person) &&
    (sid === undefined || session.clients.some((client) => client.sid === sid));
}

function overview(profile: IssuerProfile): string {
  const path = '/control/faults';
  return controlPage(profile.title, 'Logins start at a service; here is what can be changed about them.', [
    {
      title: 'A step-up comes back as somebody else',
      method: 'POST',
      path,
      body: { kind: 'swapped-pid', pid: 'F1.father' },
    },
    { title: 'A lower level than asked for', method: 'POST', path, body: { kind: 'downgrade-acr' } },
    { title: 'The person aborts', method: 'POST', path, body: { kind: 'aborted-login', times: 1 } },
    {
      title: 'An ID token for another service',
      method: 'POST',
      path,
      body: { kind: 'wrong-aud', aud: 'another' },
    },
    { title: 'An expired ID token', method: 'POST', path, body: { kind: 'expired-token' } },
    {
      title: 'A slow token endpoint',
      method: 'POST',
      path,
      body: { kind: 'latency', endpoint: 'token', ms: 2000 },
    },
    { title: 'Take all faults away', method: 'DELETE', path },
    {
      title: 'Log everybody out, and tell the services',
      method: 'POST',
      path: '/control/front-channel-logout',
      body: {},
    },
    { title: 'End all sessions without telling anybody', method: 'DELETE', path: '/control/sessions' },
  ]);
}
