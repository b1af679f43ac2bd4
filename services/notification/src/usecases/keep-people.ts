import type { Tx } from '@ranselpost/kit/database';
import type { settingsChangedV1 } from '@ranselpost/schema/events/identity/settings-changed.v1';
import type { DataOf } from '@ranselpost/schema/events/event';
import * as childNames from '../store/child-names.ts';
import * as people from '../store/people.ts';

/** What is known of people: how they are reached, sealed as it came, and what they have chosen. */
export { keepContact, keepContactsUpTo, keepDevice, keepFailure } from '../store/people.ts';

/** By which name a child may be called in pushes to somebody (N16). */
export const keepName = childNames.keep;

export const keepChoice = async (
  tx: Tx,
  { quietHours = null, digestAt = null, ...settings }: DataOf<typeof settingsChangedV1>,
): Promise<void> => {
  await people.keepChoice(tx, { ...settings, quietHours, digestAt });
  // Whoever asks for no names any more gets none from now on, and not from when identity has seen to it.
  if (settings.capacity === 'guardian' && !settings.namesChild)
    await childNames.forget(tx, settings.personId);
};
