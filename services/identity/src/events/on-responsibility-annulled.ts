import { type Handler, on } from '@ranselpost/kit/consume';
import { responsibilityAnnulledV1 } from '@ranselpost/schema/events/registry/responsibility-annulled.v1';
import type { Surroundings } from '../usecases/deps.ts';
import { noteAnnulment } from '../usecases/note-annulment.ts';

export const onResponsibilityAnnulled = (deps: Surroundings): Handler =>
  on(responsibilityAnnulledV1, (tx, { personId }) => noteAnnulment({ ...deps, db: tx }, personId));
