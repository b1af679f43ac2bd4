import { aboutNobody } from '../answer.ts';
import type { Database, Tx } from '../database.ts';
import type { Actor } from '../pure/actor.ts';

/** Runs something as an actor with no use case around it: what row-level security alone lets them see and do. */
export const lookAs = <Value>(db: Database, actor: Actor, work: (tx: Tx) => Promise<Value>): Promise<Value> =>
  db.asActor(actor, async (tx) => aboutNobody(await work(tx)));
