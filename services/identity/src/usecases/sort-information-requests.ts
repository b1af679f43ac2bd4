import { hasReached } from '@ranselpost/kit/pure/dates';
import { routeFor, shareAName } from '../domain/information-request.ts';
import * as desk from '../store/information-desk.ts';
import * as requests from '../store/information-requests.ts';
import * as numbers from '../store/numbers.ts';
import { acceptNumber, hashOf } from './accept-number.ts';
import { type Deps, type EventDeps, today } from './deps.ts';
import { readTexts } from './information-texts.ts';
import { fromChildText } from './named-child.ts';

const batch = 50;

/**
 * Finds out whom new requests may mean and puts each on a table, where no answer waits for it (GUA-20): a protected
 * family's on that of the protection officers, whom alone it is shown to (ADR-04). Takes what has been protected since
 * off the other one. Answers how many it moved.
 */
export async function sortInformationRequests(deps: Deps): Promise<number> {
  return deps.db.asService(async (tx) => {
    const own: EventDeps = { ...deps, db: tx };
    const fresh = await desk.unsorted(tx, batch);
    const textsOf = await readTexts(
      tx,
      deps.numbers.keys,
      fresh.map(({ requestId }) => requestId),
    );
    for (const request of fresh) {
      const named = textsOf(request.requestId).CHILD;
      const childIds = named === undefined ? [] : await candidatesFor(own, request, named);
      await desk.saveCandidates(
        tx,
        childIds.map((childId) => ({ requestId: request.requestId, childId })),
      );
    }
    const open = await desk.protectionOf(
      tx,
      fresh.map(({ requestId }) => requestId),
    );
    const moves = open
      .map(({ requestId, route, levels }) => ({ requestId, from: route, route: routeFor(levels) }))
      .filter(({ from, route }) => from !== route);
    await desk.move(tx, moves);
    await requests.addSteps(
      tx,
      moves.map(({ requestId, route }) => ({
        ...{ requestId, step: 'ROUTED', by: null },
        codes: { route },
        at: deps.now(),
      })),
    );
    return moves.length;
  });
}

/** Children under eighteen whom the asker's words may mean: by number, or born that day and of that name or family. */
async function candidatesFor(
  deps: EventDeps,
  { askerId }: desk.Unsorted,
  text: string,
): Promise<readonly string[]> {
  const named = fromChildText(text);
  const known =
    named.kind === 'number'
      ? await desk.children(deps.db, askerId, { bornOn: null, ids: await ownersOf(deps, named.number) })
      : await desk.children(deps.db, askerId, { bornOn: named.birthDate, ids: [] });
  const isMeant = ({ isOfAsker, name }: desk.KnownChild): boolean =>
    named.kind === 'number' ||
    isOfAsker ||
    shareAName(named.name, [name?.given, name?.middle, name?.family].join(' '));
  const day = today(deps);
  return known
    .filter(isMeant)
    .filter(({ birthDate }) => birthDate === null || !hasReached(birthDate, 18, day))
    .map(({ childId }) => childId);
}

async function ownersOf(deps: EventDeps, number: string): Promise<readonly string[]> {
  if (!acceptNumber(deps.numbers, number).ok) return [];
  const owners = await numbers.ownersOf(deps.db, [hashOf(deps.numbers, number)]);
  return [...owners.values()];
}
