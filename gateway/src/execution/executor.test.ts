import { createActorSigner } from '@ranselpost/kit/actor-token';
import { createLog } from '@ranselpost/kit/log';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { readSupergraph, subgraphNames } from '../supergraph.ts';
import { privateJwk } from '../testing/gateway.ts';
import { createExecutor } from './executor.ts';

test('the planner reports to nobody: from its start to its end, no connection goes anywhere', async () => {
  const sockets: Socket[] = [];
  const note = (message: unknown): void => void sockets.push((message as { socket: Socket }).socket);
  subscribe('net.client.socket', note);
  try {
    const supergraph = await readSupergraph();
    const signer = await createActorSigner('gateway', {
      keys: [(await privateJwk('EdDSA', 'actor-1')).privateJwk],
    });
    const executor = createExecutor({
      supergraph,
      subgraphs: new Map(subgraphNames(supergraph).map((name) => [name, new URL('http://127.0.0.1:1/')])),
      signer,
      log: createLog('test', 'error'),
    });
    await executor.gateway?.load({ apollo: {} });
    await executor.gateway?.stop();
    await executor.close();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(sockets).toHaveLength(0);
  } finally {
    unsubscribe('net.client.socket', note);
  }
});
