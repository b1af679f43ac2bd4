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

/** Who keeps a copy of identity's facts may ask for all of them once more. */
export const snapshotRequestSubject = 'identity.snapshot-request';

function service(name: string, also: { readonly says?: string[]; readonly hears?: string[] } = {}): NatsUser {
  return {
    name,
    publish: [`${name}.>`, ...jetStream, ...(also.says ?? [])],
    subscribe: ['_INBOX.>', `_DELIVER.${name}.>`, heartbeatSubjects, ...(also.hears ?? [])],
  };
}

/**
 * One user per part that speaks on the bus. Nobody may publish another's facts: whoever takes over one service can lie
 * about that service's facts alone.
 */
export const natsUsers: readonly NatsUser[] = [
  service('identity', { hears: ['identity.>'] }),
  service('registry', { says: [snapshotRequestSubject] }),
  service('attendance', { says: [snapshotRequestSubject] }),
  service('messaging', { says: [snapshotRequestSubject] }),
  service('placement', { says: [snapshotRequestSubject] }),
  service('notification', { says: [snapshotRequestSubject] }),
  // Each replica hears for itself whose live streams to end, and what to hint at: a consumer shared by all tells only one.
  service('gateway', {
    hears: [
      'identity.access.>',
      'identity.guardians.>',
      'identity.tablet.>',
      'messaging.notice.>',
      'attendance.day.>',
      'attendance.notice.>',
    ],
  }),
];

/** For tests and for the one who operates the server. */
export const everything: NatsUser = { name: 'admin', publish: ['>'], subscribe: ['>'] };
