import type { NatsUser } from './users.ts';

export type NatsConfig = {
  readonly port: number;
  readonly storeDir: string;
  readonly users: readonly NatsUser[];
  readonly passwords: Readonly<Record<string, string>>;
};

const list = (subjects: readonly string[]): string =>
  `[${subjects.map((s) => JSON.stringify(s)).join(', ')}]`;

function user(who: NatsUser, password: string | undefined): string {
  if (password === undefined) throw new Error(`The NATS user ${who.name} has no password.`);
  const permissions = `{ publish: ${list(who.publish)}, subscribe: ${list(who.subscribe)} }`;
  return `    { user: ${JSON.stringify(who.name)}, password: ${JSON.stringify(password)}, permissions: ${permissions} }`;
}

/**
 * The configuration of a server for development, on loopback only. It names nothing that Debian's server (2.9.10) does
 * not know: `sync_interval` would keep that one from starting.
 */
export function natsConfig(config: NatsConfig): string {
  return `host: "127.0.0.1"
port: ${config.port}
server_name: "ranselpost-${config.port}"
max_payload: 1048576
write_deadline: "10s"
jetstream {
  store_dir: ${JSON.stringify(config.storeDir)}
  max_memory_store: 268435456
  max_file_store: 8589934592
}
authorization {
  users: [
${config.users.map((who) => user(who, config.passwords[who.name])).join('\n')}
  ]
}
`;
}
