import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import type { Place } from '../domain/feature.ts';
import type { Deps } from '../usecases/deps.ts';
import { setUnitContact } from '../usecases/set-unit-contact.ts';
import { stateFeature } from '../usecases/state-feature.ts';
import { stopFeature } from '../usecases/stop-feature.ts';

const asking = () => ({ reason: 'As a test says', idempotencyKey: newId() });

export const everywhere: Place = { level: 'MUNICIPALITY' };
export const atUnit = (unitId: string): Place => ({ level: 'UNIT', unitIds: [unitId] });

/** What can be done with features and units, each as an actor does it at a place. */
export const waysToDirect = {
  open: (deps: Deps, actor: Actor, place: Place) =>
    stateFeature(
      deps,
      actor,
      {
        ...{ feature: 'ABSENCE', place, state: 'OPEN', opensOn: null, isReadable: true, notice: null },
        insistsOnDay: true,
      },
      asking(),
    ),
  close: (deps: Deps, actor: Actor, place: Place) =>
    stateFeature(
      deps,
      actor,
      {
        ...{ feature: 'ABSENCE', place, state: 'CLOSED', opensOn: null, isReadable: true, notice: null },
        insistsOnDay: false,
      },
      asking(),
    ),
  stop: (deps: Deps, actor: Actor, place: Place) =>
    stopFeature(
      deps,
      actor,
      { feature: 'ABSENCE', place, state: 'SUSPENDED', isReadable: true, notice: null },
      asking(),
    ),
  hide: (deps: Deps, actor: Actor, place: Place) =>
    stateFeature(
      deps,
      actor,
      {
        ...{ feature: 'ABSENCE', place, state: 'CLOSED', opensOn: null, isReadable: false, notice: null },
        insistsOnDay: false,
      },
      asking(),
    ),
  'write down a contact': (deps: Deps, actor: Actor, place: Place) =>
    setUnitContact(deps, actor, place.level === 'UNIT' ? place.unitIds[0]! : '', {
      ...{ phone: '22 00 00 00', email: null, openingHours: null },
    }),
} as const;
