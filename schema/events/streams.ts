/**
 * The streams on the bus: one for each service that tells anything, with everything under its name but heartbeats.
 * Its owner creates it. Age is in hours: copies that were away for longer ask for a snapshot, and sealed contents do not
 * lie about for longer than a week.
 */
export const streams = [
  { name: 'identity', subjects: identitySubjects(), maxAgeHours: 24 * 30 },
  { name: 'registry', subjects: ['registry.>'], maxAgeHours: 24 * 7 },
  { name: 'attendance', subjects: ['attendance.>'], maxAgeHours: 24 * 30 },
  { name: 'messaging', subjects: ['messaging.>'], maxAgeHours: 24 * 30 },
  { name: 'placement', subjects: ['placement.>'], maxAgeHours: 24 * 30 },
  { name: 'notification', subjects: ['notification.>'], maxAgeHours: 24 * 30 },
] as const satisfies readonly Stream[];

export interface Stream {
  readonly name: string;
  readonly subjects: readonly string[];
  readonly maxAgeHours: number;
}

function identitySubjects(): readonly string[] {
  return [
    'access',
    'access-log',
    'child',
    'decision',
    'enrolments',
    'feature',
    'guardians',
    'information-request',
    'notice-name',
    'person',
    'protection',
    'push-subscription',
    'roles',
    'safeguard',
    'settings',
    'snapshot',
    'tablet',
    'unit',
  ].map((thing) => `identity.${thing}.>`);
}
