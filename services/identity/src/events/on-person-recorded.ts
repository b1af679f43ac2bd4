import { type Handler, onTogether } from '@ranselpost/kit/consume';
import { open } from '@ranselpost/kit/seal';
import { personRecordSchema } from '@ranselpost/schema/events/registry/person-record';
import { personRecordedV1 } from '@ranselpost/schema/events/registry/person-recorded.v1';
import type { Surroundings } from '../usecases/deps.ts';
import { type Reading, recordPersons } from '../usecases/record-persons.ts';

const content = personRecordSchema.nullable();

export const onPersonRecorded = (deps: Surroundings): Handler =>
  onTogether(personRecordedV1, async (tx, heard) => {
    const readings = await Promise.all(
      heard.map(async ({ data: { personId, revision, readAt, sealed } }): Promise<Reading> => ({
        personId,
        revision,
        readAt,
        record: await open(deps.numbers.sealKeys, personId, sealed, content),
      })),
    );
    await recordPersons({ ...deps, db: tx }, readings);
  });
