import type { LocalDate } from '@ranselpost/kit/pure/dates';
import type { StaffRole } from './staff-roles.ts';

/**
 * Whether somebody who has held roles holds none any more. Who is only to begin has ended nothing, and who has no role at
 * all, not even one that is over, has lost all to another id of theirs.
 */
export function haveEnded(roles: readonly Pick<StaffRole, 'from' | 'to'>[], today: LocalDate): boolean {
  const isOver = ({ to }: Pick<StaffRole, 'to'>): boolean => to !== null && to <= today;
  const isCurrent = roles.some((role) => role.from <= today && !isOver(role));
  return !isCurrent && (roles.length === 0 || roles.some(isOver));
}
