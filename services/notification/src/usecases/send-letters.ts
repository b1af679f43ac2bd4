import type { Database, Tx } from '@ranselpost/kit/database';
import { exposeFigure } from '@ranselpost/kit/metrics';
import { tell } from '@ranselpost/kit/outbox';
import { open, openOwn, seal } from '@ranselpost/kit/seal';
import { decisionLetterSchema } from '@ranselpost/schema/events/identity/decision-written.v1';
import { addressWantedV1 } from '@ranselpost/schema/events/notification/address-wanted.v1';
import { type PostalAddress, postalAddressSchema } from '@ranselpost/schema/events/registry/postal-address';
import { setTimeout as sleep } from 'node:timers/promises';
import { writePdf } from '../clients/paper/index.ts';
import { backOffMs } from '../domain/back-off.ts';
import { frameOf } from '../domain/letter.ts';
import * as letters from '../store/letters.ts';
import type { OutboundDeps } from './outbound-deps.ts';

const batch = 20;
/** How long the registry may take to say where to, before it is asked again. */
const addressWithinMs = 60 * 60_000;
/** How often it is asked how far a letter has come, once it is on its way. */
const lookEveryMs = 60_000;
/** Tries after which somebody sees to a letter whose text never came. */
const mostTries = 24;

/** Moves every letter that is due one step on: asks where to, hands over, sees how far it has come. Answers how many. */
export async function moveLetters(deps: OutboundDeps, signal?: AbortSignal): Promise<number> {
  const due = await deps.db.asService(async (tx) => {
    await letters.dropOpened(tx);
    await letters.holdProtected(tx);
    const taken = await letters.takeDue(tx, batch, addressWithinMs);
    for (const { letterId, personId, state } of taken)
      if (state === 'WANTED') await tell(tx, addressWantedV1, { letterId, personId });
    return taken;
  });
  for (const letter of due.filter(({ state }) => state !== 'WANTED')) {
    // Whoever has lost the lease hands nothing over any more; what is left is due again before long.
    if (signal?.aborted === true) break;
    try {
      await (letter.state === 'SENT' ? lookAfter(deps, letter) : handOver(deps, letter));
    } catch (error) {
      deps.log.warn('a letter has to wait', { error });
      await deps.db.asService((tx) =>
        letters.wait(tx, letter.letterId, backOffMs(letter.attempt, Math.random())),
      );
    }
  }
  return due.length;
}

async function handOver(deps: OutboundDeps, letter: letters.DueLetter): Promise<void> {
  const { letterId, decisionId, address: sealedAddress, text: sealedText, attempt } = letter;
  if (sealedText === null) {
    await deps.db.asService((tx) =>
      attempt < mostTries
        ? letters.wait(tx, letterId, backOffMs(attempt, Math.random()))
        : letters.moveByHand(tx, letterId, 'NO_TEXT'),
    );
    return;
  }
  const to = await open(deps.contactKeys, letterId, sealedAddress ?? '', postalAddressSchema);
  if (to.kind !== 'OPEN') throw new Error('a letter has no open address');
  const { language, text } = await openOwn(deps.openKeys, decisionId, sealedText, decisionLetterSchema);
  const { title, date, foot, tag } = frameOf(language, deps.municipality, deps.now());
  const pdf = await writePdf({
    ...{ title, language: tag, at: deps.now(), text: `${text}\n\n${foot}` },
    address: [to.name, ...to.lines, `${to.postalCode} ${to.town}`],
    place: [deps.municipality, date],
  });
  if (!(await deps.db.asService((tx) => letters.mayGo(tx, letterId)))) return;
  const outsideId = await deps.letters.send({ letterId, title, to, pdf });
  await deps.db.asService((tx) => letters.sent(tx, letterId, outsideId));
}

async function lookAfter(deps: OutboundDeps, { letterId, outsideId }: letters.DueLetter): Promise<void> {
  const status = (await deps.letters.statuses([outsideId!])).get(outsideId!);
  await deps.db.asService((tx) => {
    if (status === 'PRINTED') return letters.printed(tx, letterId);
    if (status === 'REJECTED' || status === 'BY_HAND') return letters.moveByHand(tx, letterId, 'REJECTED');
    return letters.wait(tx, letterId, lookEveryMs);
  });
}

/** The registry has said where a letter goes. Protected, or nowhere: somebody sees to it by hand (S-08, ADR-08). */
export async function takeAddress(
  tx: Tx,
  { contactKeys }: Pick<OutboundDeps, 'contactKeys'>,
  { letterId, sealed }: { readonly letterId: string; readonly sealed: string },
): Promise<void> {
  if (!(await letters.isWanted(tx, letterId))) return;
  const address: PostalAddress = await open(contactKeys, letterId, sealed, postalAddressSchema);
  if (address.kind === 'OPEN')
    await letters.keepAddress(tx, letterId, await seal(contactKeys, letterId, address));
  else await letters.moveByHand(tx, letterId, address.kind === 'PROTECTED' ? 'PROTECTED' : 'NO_ADDRESS');
}

export const keepDecisionText = letters.keepText;

/** Moves letters on until the signal fires. One replica at a time does this. */
export async function keepMovingLetters(
  deps: OutboundDeps,
  everyMs: number,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const count = await moveLetters(deps, signal).catch((error: unknown) => {
      deps.log.warn('letters have to wait', { error });
      return 0;
    });
    if (count < batch) await sleep(everyMs, undefined, { signal }).catch(() => {});
  }
}

export function exposeLetterFigures(db: Database): void {
  exposeFigure('letters_by_hand', 'Letters that somebody has to see to by hand', () =>
    db.asService(letters.byHandCount),
  );
  exposeFigure(
    'letters_waiting_seconds',
    'Time since the oldest letter was wanted that has not been handed over',
    () => db.asService(letters.waitingSeconds),
  );
}
