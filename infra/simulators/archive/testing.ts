import Fastify from 'fastify';
import { newCertificate } from '../common/certificate.ts';
import { startTokenIssuer } from '../common/testing.ts';
import { TokenCheck } from '../common/token.ts';
import { Letters } from '../svarut/letters.ts';
import { svarUtRoutes } from '../svarut/routes.ts';
import { Archive } from './archive.ts';
import { fiksIo } from './routes.ts';

const ids = {
  letters: '11111111-0000-4000-8000-000000000001',
  sender: '11111111-0000-4000-8000-000000000002',
  archive: '11111111-0000-4000-8000-000000000003',
};

/** SvarUt and an archive behind Fiks IO over real sockets, with a token issuer of their own. Again on the same port: `port`. */
export async function startFiks({ port = 0, stateDir = null as string | null } = {}) {
  const issuer = await startTokenIssuer();
  const own = newCertificate('ranselpost');
  const archive = { accountId: ids.archive, ...newCertificate('archive') };
  const fiks = { integrationId: 'integration', integrationPassword: 'secret', roleId: 'role' };
  const app = Fastify({ logger: false, forceCloseConnections: true });
  const tokens = new TokenCheck(issuer.issuer);
  const file = (name: string) => (stateDir === null ? null : `${stateDir}/${name}.jsonl`);
  svarUtRoutes(app, { fiks, tokens, accountId: ids.letters, letters: new Letters(file('letters')) });
  fiksIo(app, {
    ...{ fiks, tokens, accountId: ids.sender, archiveAccountId: ids.archive },
    archive: new Archive(archive, { accountId: ids.sender, certificate: own.certificate }, file('archive')),
  });
  const url = await app.listen({ port, host: '127.0.0.1' });
  const control = async (
    path: string,
    body?: object,
    method = body === undefined ? 'GET' : 'POST',
    // Each test says by what it reads which shape it expects.
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
  ): Promise<any> => {
    const sent =
      body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const response = await fetch(`${url}/control${path}`, { method, ...sent });
    return response.json();
  };
  return {
    ...{ url, amqpUrl: url.replace('http:', 'amqp:'), ids, own, archive, fiks, control },
    token: () => issuer.sign('ks:fiks'),
    close: async () => {
      await app.close();
      issuer.stop();
    },
  };
}
