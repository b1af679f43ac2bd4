import { type Handler, onTogether } from '@ranselpost/kit/consume';
import { open } from '@ranselpost/kit/seal';
import { contactRecordSchema } from '@ranselpost/schema/events/registry/contact-record';
import { contactRecordedV1 } from '@ranselpost/schema/events/registry/contact-recorded.v1';
import type { Surroundings } from '../usecases/deps.ts';
import { recordContacts } from '../usecases/record-contacts.ts';

export const onContactRecorded = (deps: Surroundings): Handler =>
  onTogether(contactRecordedV1, async (tx, heard) => {
    const contacts = await Promise.all(
      heard.map(async ({ data: { personId, revision, sealed } }) => {
        const { language } = await open(deps.numbers.sealKeys, personId, sealed, contactRecordSchema);
        return { personId, revision, language };
      }),
    );
    await recordContacts({ ...deps, db: tx }, contacts);
  });
