/**
 * Everything with a database of its own, and nothing shared: the database has the service's name, and so have its four
 * roles (`<service>_owner`, `<service>`, `<service>_request`, `<service>_worker`; see `roles.ts`).
 */
export const servicesWithDatabase = [
  'identity',
  'registry',
  'attendance',
  'messaging',
  'placement',
  'notification',
  'gateway',
] as const;

export type ServiceWithDatabase = (typeof servicesWithDatabase)[number];
