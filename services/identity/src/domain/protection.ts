/** Address protection, least to most (ADR). The old words: kode 7 and kode 6 are the last two. */
export const protectionLevels = ['NONE', 'CLIENT_ADDRESS', 'FORTROLIG', 'STRENGT_FORTROLIG'] as const;
export type Protection = (typeof protectionLevels)[number];

/** The level that counts for what concerns several people is the highest of theirs (ADR-01). */
export const highest = (levels: readonly Protection[]): Protection =>
  levels.reduce<Protection>(
    (most, level) => (protectionLevels.indexOf(level) > protectionLevels.indexOf(most) ? level : most),
    'NONE',
  );

/** From this level on nothing about the person goes out by itself (ADR-04). A client address alone is not it (ADR-14). */
export const isHidden = (level: Protection): boolean =>
  level === 'FORTROLIG' || level === 'STRENGT_FORTROLIG';

/** The services that keep something of people, and say when they have let go of it (ADR-12). */
export const concealingServices = ['attendance', 'messaging', 'notification', 'placement'] as const;

/** Minutes after which somebody is asked to see why a service has not (ADR-12), and after which it is told again. */
export const concealMinutes = 5;
export const tellRaisedAgainMinutes = 1;
