import type { Tx } from '@ranselpost/kit/database';
import { tell } from '@ranselpost/kit/outbox';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { noticeRecipientsMax } from '@ranselpost/schema/events/notice-due';
import { noticeDueV1 } from '@ranselpost/schema/events/placement/notice-due.v1';
import * as applications from '../store/applications.ts';
import * as families from '../store/families.ts';
import type { Deps } from './deps.ts';

/**
 * As the service, in the transaction that it is of: everybody who may answer for the child, that there is something to see (GUA-03). Of a
 * protected child nothing leaves by itself (S-08).
 */
export async function tellFamily(
  tx: Tx,
  deps: Pick<Deps, 'newId' | 'now'>,
  { childId, subjectId }: { readonly childId: string; readonly subjectId: string },
  butFor: string | null = null,
): Promise<void> {
  const now = deps.now();
  const { personIds, isKeptApart } = await applications.atHome(tx, childId, localDateAt(now));
  const told = personIds.filter((personId) => personId !== butFor);
  if (told.length === 0 || isKeptApart) return;
  await tell(tx, noticeDueV1, {
    ...{ noticeId: deps.newId(), category: 'PLACE', importance: 'ORDINARY', unitId: null, subjectId },
    recipients: told.map((personId) => ({ personId, capacity: 'guardian' as const, childIds: [childId] })),
    occurredAt: now.toISOString(),
  });
}

const mostChildren = 20;

/**
 * As the service: everybody who may answer for some children, that there is something about a round to see: one notice for all, in as many events as it
 * takes. Protected children are left out (S-08).
 */
export async function tellFamiliesOfRound(
  tx: Tx,
  deps: Pick<Deps, 'newId' | 'now'>,
  roundId: string,
  childIds: readonly string[],
): Promise<void> {
  const now = deps.now();
  const homes = await families.homesOf(tx, childIds, localDateAt(now));
  const theirs = Map.groupBy(
    [...homes].flatMap(([childId, { personIds, isKeptApart }]) =>
      isKeptApart ? [] : personIds.map((personId) => ({ personId, childId })),
    ),
    ({ personId }) => personId,
  );
  const told = [...theirs].map(([personId, of]) => ({
    ...{ personId, capacity: 'guardian' as const },
    childIds: of.slice(0, mostChildren).map(({ childId }) => childId),
  }));
  const noticeId = deps.newId();
  for (let from = 0; from < told.length; from += noticeRecipientsMax)
    await tell(tx, noticeDueV1, {
      ...{ noticeId, category: 'PLACE', importance: 'ORDINARY', unitId: null, subjectId: roundId },
      recipients: told.slice(from, from + noticeRecipientsMax),
      occurredAt: now.toISOString(),
    });
}
