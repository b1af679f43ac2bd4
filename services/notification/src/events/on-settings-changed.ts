import { type Handler, on } from '@ranselpost/kit/consume';
import { settingsChangedV1 } from '@ranselpost/schema/events/identity/settings-changed.v1';
import { keepChoice } from '../usecases/keep-people.ts';

export const onSettingsChanged: Handler = on(settingsChangedV1, (tx, changed) => keepChoice(tx, changed));
