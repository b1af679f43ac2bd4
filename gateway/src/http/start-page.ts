import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import type { FastifyInstance } from 'fastify';
import { readFile } from 'node:fs/promises';
import type { OperationList } from '../operations.ts';

const folder = new URL('../start-page/', import.meta.url);
const files = [
  { path: '/', file: 'index.html', type: 'text/html; charset=utf-8' },
  { path: '/start.css', file: 'start.css', type: 'text/css; charset=utf-8' },
  ...['start.js', 'page.js', 'settings.js'].map((file) => ({
    ...{ path: `/${file}`, file, type: 'text/javascript; charset=utf-8' },
  })),
];

/** The page that stands in for the portal. Its script sends registered operations by hash, like any browser. */
export async function startPage(http: FastifyInstance, operations: OperationList): Promise<void> {
  for (const { path, file, type } of files) {
    const text = withOperations(await readFile(new URL(file, folder), 'utf8'), operations);
    http.get(path, (_request, reply) => reply.type(type).send(text));
  }
  // Browsers ask for one by themselves.
  http.get('/favicon.ico', (_request, reply) => reply.status(204).send());
}

/** Puts the hash of an operation where its name stands: `{{operation Start}}`. */
const withOperations = (text: string, operations: OperationList): string =>
  text.replace(/\{\{operation (\w+)\}\}/g, (_match, name: string) => {
    const operation = operations.byName(name);
    if (operation === undefined) throw new Error(`the start page sends ${name}, which is not registered`);
    return operation.id;
  });

/** GraphiQL as one page without third parties, where the schema may be asked for. */
export function graphiqlPage(http: FastifyInstance): void {
  const page = renderGraphiQL({ title: 'Ranselpost', endpoint: '/graphql', credentials: 'same-origin' });
  const policy =
    "default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; worker-src blob:; style-src 'self' 'unsafe-inline'; " +
    "font-src 'self' data:; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  http.get('/graphiql', (_request, reply) =>
    reply.header('content-security-policy', policy).type('text/html; charset=utf-8').send(page),
  );
}
