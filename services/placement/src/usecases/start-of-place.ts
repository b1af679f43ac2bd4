import { type Actor, isPerson } from '@ranselpost/kit/pure/actor';
import type { LocalDate } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type AgeGroup, type StartPeriod, groupOn, rightToPlace } from '../domain/right-to-place.ts';
import type { Deps } from './deps.ts';

export interface PlaceStart extends StartPeriod {
  readonly ageGroup: AgeGroup;
}

/** By age alone, for whoever thinks of applying: null where a child has no right to a place in that autumn (BHG-01, P30). */
export function startOfPlace(
  { yearBegins }: Pick<Deps, 'yearBegins'>,
  actor: Actor,
  { born, admissionYear }: { readonly born: LocalDate; readonly admissionYear: number },
): PlaceStart | null {
  if (!isPerson(actor)) throw new AppError('FORBIDDEN');
  const right = rightToPlace({
    ...{ born, admissionYear, yearBegins },
    ...{ isInTime: true, residence: 'HERE', isSchoolDeferred: false },
  });
  if (right.kind === 'NO_RIGHT') return null;
  const { earliest, latest } = right;
  return { earliest, latest, ageGroup: groupOn(born, earliest) };
}
