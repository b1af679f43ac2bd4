import { jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { natsServer } from '../dev/debian.ts';
import { startNats, stopNats } from '../dev/nats.ts';
import { freePorts } from '../dev/ports.ts';
import type { Proof } from '../dev/processes.ts';
import { natsUsers, snapshotRequestSubject } from './users.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'ranselpost-nats-'));
const passwords = Object.fromEntries(natsUsers.map(({ name }) => [name, `password of ${name}`]));
const connections = new Map<string, NatsConnection>();
const refused = new Map<string, string[]>();
const names = natsUsers.map(({ name }) => name);
let server: Proof;

const as = (name: string): NatsConnection => {
  const connection = connections.get(name);
  if (connection === undefined) throw new Error(`nobody called ${name}`);
  return connection;
};

beforeAll(async () => {
  const [port = 0] = await freePorts(1);
  server = await startNats({
    ...{ dataDir, port, users: natsUsers, passwords },
    server: await natsServer(() => undefined),
    log: join(dataDir, 'log'),
  });
  for (const name of names) {
    const connection = await connect({ port, user: name, pass: passwords[name] ?? '' });
    connections.set(name, connection);
    refused.set(name, []);
    void (async () => {
      for await (const status of connection.status()) {
        if (status.type === 'error') refused.get(name)?.push(String(status.error));
      }
    })();
  }
});

afterAll(async () => {
  for (const connection of connections.values()) await connection.close();
  await stopNats(server);
  rmSync(dataDir, { recursive: true, force: true });
});

/** Everybody says something as `name` would; the server's refusals come back before the next answer does. */
async function refusalsOf(name: string, act: (connection: NatsConnection) => void): Promise<string[]> {
  const before = refused.get(name)?.length ?? 0;
  act(as(name));
  await as(name).flush();
  await new Promise((resolve) => setTimeout(resolve, 50));
  return refused.get(name)?.slice(before) ?? [];
}

describe('the users of the bus', () => {
  test('nobody comes in without being one', async () => {
    const { port } = as('identity').info ?? {};
    await expect(connect({ port: port ?? 0, maxReconnectAttempts: 0 })).rejects.toThrow(/authorization/i);
  });

  test.each(names)('%s tells facts under its own name and under no other', async (name) => {
    for (const other of names.filter((one) => one !== name)) {
      expect(await refusalsOf(name, (bus) => bus.publish(`${other}.thing.happened.v1`))).toHaveLength(1);
    }
    expect(await refusalsOf(name, (bus) => bus.publish(`${name}.thing.happened.v1`))).toEqual([]);
  });

  test.each(names)('%s hears the heartbeat, and what others tell only through a stream', async (name) => {
    expect(
      await refusalsOf(name, (bus) => bus.subscribe('identity.heartbeat.sent.v1').unsubscribe(1)),
    ).toEqual([]);
    expect(await refusalsOf(name, (bus) => bus.subscribe('registry.>').unsubscribe(1))).toHaveLength(1);
    expect(await refusalsOf(name, (bus) => bus.subscribe('>').unsubscribe(1))).toHaveLength(1);
  });

  test('identity alone hears that a copy asks for a snapshot', async () => {
    const heard = as('identity').subscribe(snapshotRequestSubject, { max: 1 });
    await as('identity').flush();
    expect(await refusalsOf('attendance', (bus) => bus.publish(snapshotRequestSubject))).toEqual([]);
    expect((await heard[Symbol.asyncIterator]().next()).done).toBe(false);
    expect(await refusalsOf('attendance', (bus) => bus.subscribe(snapshotRequestSubject))).toHaveLength(1);
  });

  test('a service makes its stream and another reads it', async () => {
    await (
      await jetstreamManager(as('identity'))
    ).streams.add({ name: 'identity', subjects: ['identity.person.>'] });
    as('identity').publish('identity.person.followed.v1', 'once');
    const reader = await jetstreamManager(as('attendance'));
    await reader.consumers.add('identity', { durable_name: 'attendance-copy', ack_policy: 'explicit' });
    const consumer = await reader.jetstream().consumers.get('identity', 'attendance-copy');
    const message = await consumer.next({ expires: 3_000 });
    expect(message?.string()).toBe('once');
    expect(await message?.ackAck()).toBe(true);
  });
});
