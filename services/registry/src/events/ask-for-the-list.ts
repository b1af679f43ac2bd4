import type { Bus } from '@ranselpost/kit/bus';
import type { Database } from '@ranselpost/kit/database';
import { askForSnapshot } from '@ranselpost/kit/snapshot-request';
import { isListWhole } from '../usecases/start-over.ts';

const everyMs = 2_000;

/** Asks identity whom it follows, for as long as the list here may lack somebody. Answers how to stop. */
export function askForTheList(db: Database, bus: Bus): () => void {
  const ask = async (): Promise<void> => {
    if (!(await isListWhole(db)))
      askForSnapshot(bus, { wants: 'followed', heard: { place: 0, eventId: null } });
  };
  const asking = setInterval(() => void ask().catch(() => {}), everyMs);
  return () => clearInterval(asking);
}
