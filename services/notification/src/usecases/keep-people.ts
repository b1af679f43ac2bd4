import type { Tx } from '@ranselpost/kit/database';
import type { settingsChangedV1 } from '@ranselpost/schema/events/identity/settings-changed.v1';
import type { DataOf } from '@ranselpost/schema/events/event';
import * as people from '../store/people.ts';

/** What is known of people: how they are reached, sealed as it came, and what they have chosen. */
export { keepContact, keepContactsUpTo, keepDevice, keepFailure } from '../store/people.ts';

export const keepChoice = (
  tx: Tx,
  { quietHours = null, digestAt = null, ...settings }: DataOf<typeof settingsChangedV1>,
): Promise<void> => people.keepChoice(tx, { ...settings, quietHours, digestAt });
