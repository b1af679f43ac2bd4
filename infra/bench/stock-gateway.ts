import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { createActorSigner } from '@ranselpost/kit/actor-token';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { readFileSync } from 'node:fs';

/** The gateway as its makers' guide builds it, for comparison: same supergraph, same subgraphs, one fixed actor. */
interface Setting {
  readonly supergraphFile: string;
  readonly urls: Readonly<Record<string, string>>;
  readonly keysFile: string;
  readonly issuer: string;
  readonly actor: Actor;
}

const setting = JSON.parse(process.argv[2] ?? '{}') as Setting;
const signer = await createActorSigner(setting.issuer, JSON.parse(readFileSync(setting.keysFile, 'utf8')));

class Signed extends RemoteGraphQLDataSource {
  readonly #audience: string;
  constructor(audience: string) {
    super({ url: setting.urls[audience]! });
    this.#audience = audience;
  }
  override async willSendRequest({
    request,
  }: Parameters<NonNullable<RemoteGraphQLDataSource['willSendRequest']>>[0]) {
    request.http?.headers.set('authorization', `Bearer ${await signer.sign(setting.actor, this.#audience)}`);
  }
}

const server = new ApolloServer({
  gateway: new ApolloGateway({
    supergraphSdl: readFileSync(setting.supergraphFile, 'utf8'),
    buildService: ({ name }) => new Signed(name),
  }),
});
const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: 0 } });
process.stdout.write(`${url}\n`);
process.on('SIGTERM', () => process.exit(0));
