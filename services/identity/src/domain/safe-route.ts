import { type Protection, highest, isHidden } from './protection.ts';

/**
 * How a breach letter goes, or what gives somebody insight. By the safe route: by hand, to the address that police and tax run,
 * with nothing of it in any channel (ADR-08).
 */
export interface DisclosureRoute {
  readonly by: 'ORDINARY' | 'SAFE_ROUTE';
  /** How many protection officers have to have read it, other than whoever made it. */
  readonly readers: 0 | 1 | 2;
}

/**
 * How a breach letter or an insight export goes, by everybody whom it is to or about: also who stands in somebody else's data
 * (ADR-01, ADR-20). Somebody of whom it is not known is protected until it is. It is read by hand by an officer, and by two
 * where somebody is strictly protected.
 */
export function routeOfDisclosure(concerned: readonly (Protection | null)[]): DisclosureRoute {
  // Whom it is to or about is not known either.
  if (concerned.length === 0) return { by: 'SAFE_ROUTE', readers: 1 };
  const level = highest(concerned.map((one) => one ?? 'FORTROLIG'));
  if (!isHidden(level)) return { by: 'ORDINARY', readers: 0 };
  return { by: 'SAFE_ROUTE', readers: level === 'STRENGT_FORTROLIG' ? 2 : 1 };
}

/** Whether it may go: read by as many as it takes, none of them who made it, and none twice. */
export const mayGo = (
  { readers }: DisclosureRoute,
  { madeBy, readBy }: { readonly madeBy: string; readonly readBy: readonly string[] },
): boolean => new Set(readBy.filter((reader) => reader !== madeBy)).size >= readers;
