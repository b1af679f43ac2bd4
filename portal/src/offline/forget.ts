import { client } from '../graph/client.ts';
import { graphKey } from '../graph/use-graph.ts';
import { sessionKey } from '../session/session.ts';
import { forgetAll } from './store.ts';
import { waitingReports } from './waiting-reports.ts';

/** A session that is over takes with it all that was read in it, from the page and from the device. */
export async function forget(): Promise<void> {
  client.setQueryData(sessionKey, null);
  client.removeQueries({ queryKey: [graphKey] });
  client.getMutationCache().clear();
  waitingReports.forget();
  await forgetAll();
}
