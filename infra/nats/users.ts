/** A user of the bus: what it may say and what it may hear. */
export type NatsUser = {
  readonly name: string;
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
};

/** What every service needs to use JetStream at all: its questions, its acknowledgements, and the answers to both. */
const jetStream = ['$JS.API.>', '$JS.ACK.>', '_INBOX.>'];

/** Identity's heartbeat is no stream: it is worth nothing once it is old, so it is heard directly. */
export const heartbeatSubjects = 'identity.heartbeat.>';

function service(name: string, alsoHears: readonly string[] = []): NatsUser {
  return {
    name,
    publish: [`${name}.>`, ...jetStream],
    subscribe: ['_INBOX.>', `_DELIVER.${name}.>`, heartbeatSubjects, ...alsoHears],
  };
}

/**
 * One user per part that speaks on the bus. Nobody may publish another's facts: whoever takes over one service can lie
 * about that service's facts alone.
 */
export const natsUsers: readonly NatsUser[] = [
  service('identity', ['identity.>']),
  service('registry'),
  service('attendance'),
  service('gateway'),
];

/** For tests and for the one who operates the server. */
export const everything: NatsUser = { name: 'admin', publish: ['>'], subscribe: ['>'] };
