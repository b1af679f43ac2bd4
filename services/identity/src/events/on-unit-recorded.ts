import { type Handler, onTogether } from '@ranselpost/kit/consume';
import { unitRecordedV1 } from '@ranselpost/schema/events/registry/unit-recorded.v1';
import type { Surroundings } from '../usecases/deps.ts';
import { recordUnits } from '../usecases/record-units.ts';

export const onUnitRecorded = (deps: Surroundings): Handler =>
  onTogether(unitRecordedV1, (tx, heard) =>
    recordUnits(
      { ...deps, db: tx },
      heard.map(({ data }) => data),
    ),
  );
