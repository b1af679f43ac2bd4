import { type Handler, onTogether } from '@ranselpost/kit/consume';
import { open } from '@ranselpost/kit/seal';
import { unitRecordSchema, unitRecordedV1 } from '@ranselpost/schema/events/registry/unit-recorded.v1';
import type { Surroundings } from '../usecases/deps.ts';
import { recordUnits } from '../usecases/record-units.ts';

export const onUnitRecorded = (deps: Surroundings): Handler =>
  onTogether(unitRecordedV1, async (tx, heard) => {
    const readings = await Promise.all(
      heard.map(async ({ data: { unitKey, revision, readAt, sealed } }) => ({
        revision,
        readAt,
        record: await open(deps.numbers.sealKeys, unitKey, sealed, unitRecordSchema),
      })),
    );
    await recordUnits({ ...deps, db: tx }, readings);
  });
