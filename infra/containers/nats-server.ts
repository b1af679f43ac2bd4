import type { NatsUser } from '../nats/users.ts';

const list = (subjects: readonly string[]): string => JSON.stringify(subjects);

/**
 * The configuration of one server in a container, 2.12 or later. It syncs before it acknowledges, as production must: an
 * event that a service was told is kept has to be there after a power cut (S-21).
 */
export function natsServerConfig(users: readonly NatsUser[], passwordOf: (user: string) => string): string {
  const entries = users.map(
    ({ name, publish, subscribe }) =>
      `    { user: ${JSON.stringify(name)}, password: ${JSON.stringify(passwordOf(name))}, ` +
      `permissions: { publish: ${list(publish)}, subscribe: ${list(subscribe)} } }`,
  );
  return `port: 4222
http: 8222
server_name: "ranselpost"
max_payload: 1048576
write_deadline: "10s"
jetstream {
  store_dir: "/data"
  max_memory_store: 268435456
  max_file_store: 8589934592
  sync_interval: always
}
authorization {
  users: [
${entries.join('\n')}
  ]
}
`;
}
