import { type Handler, onTogether } from '@ranselpost/kit/consume';
import { open } from '@ranselpost/kit/seal';
import { contactPreferenceSchema } from '@ranselpost/schema/events/registry/contact-record';
import { contactRecordedV2 } from '@ranselpost/schema/events/registry/contact-recorded.v2';
import type { Surroundings } from '../usecases/deps.ts';
import { recordContacts } from '../usecases/record-contacts.ts';

export const onContactRecorded = (deps: Surroundings): Handler =>
  onTogether(contactRecordedV2, async (tx, heard) => {
    const contacts = await Promise.all(
      heard.map(async ({ data: { personId, revision, sealedPreference } }) => {
        const { language } = await open(
          deps.numbers.sealKeys,
          personId,
          sealedPreference,
          contactPreferenceSchema,
        );
        return { personId, revision, language };
      }),
    );
    await recordContacts({ ...deps, db: tx }, contacts);
  });
