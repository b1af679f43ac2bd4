import type { AccessRole } from './generated/types.ts';

const roles: Readonly<Record<string, AccessRole>> = {
  LEADER: 'LEADER',
  ADMINISTRATOR: 'ADMINISTRATOR',
  CONTACT_TEACHER: 'CONTACT_TEACHER',
  TEACHER: 'TEACHER',
  ASSISTANT: 'ASSISTANT',
  AFTER_SCHOOL: 'AFTER_SCHOOL',
  KINDERGARTEN: 'KINDERGARTEN',
  CASE_WORKER: 'CASE_WORKER',
  PROTECTION_OFFICER: 'PROTECTION_OFFICER',
  MUNICIPAL_ADMINISTRATOR: 'MUNICIPAL_ADMINISTRATOR',
  PRIVACY_OFFICER: 'PRIVACY_OFFICER',
  ARCHIVIST: 'ARCHIVIST',
  SUPPORT: 'SUPPORT',
};

/** A role as the graph names it. A log is older than the graph may be: what has no name in it is another role. */
export const toAccessRole = (role: string): AccessRole => roles[role] ?? 'OTHER';
