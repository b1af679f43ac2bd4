import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { addDays } from '@ranselpost/kit/pure/dates';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { answerOffer } from '../src/usecases/answer-offer.ts';
import { changePlaceHours } from '../src/usecases/change-place-hours.ts';
import { changePoolSeats } from '../src/usecases/change-pool-seats.ts';
import { makeOffer } from '../src/usecases/make-offer.ts';
import { resignPlace } from '../src/usecases/resign-place.ts';
import { withdrawOffer } from '../src/usecases/withdraw-offer.ts';
import { applicants, machine, people, places } from './families.ts';
import { aRound, anApplication, publish } from './offers.ts';
import { withPrices } from './reduced-payments.ts';
import { openTown, today } from './world.ts';

const caseWorkerAtHome = guardian(people.caseWorker.personId);
/** Nobody of these is responsible for Ada. */
export const notGuardians: readonly (readonly [string, Actor])[] = [
  ['a stranger', people.stranger],
  ['a guardian of another child', people.otherGuardian],
  ['a guardian by hand (GUA-04)', people.byHand],
  ['her mother, signed in as staff (GUA-24)', staff(people.mother.personId)],
  ['a case worker', people.caseWorker],
  ['the unit’s leader', people.leaderOfSolhaug],
  ['a protection officer', people.officer],
  ['a machine', machine],
  ['one of our services', { kind: 'service', name: 'identity' }],
];
export const notCaseWorkers: readonly (readonly [string, Actor])[] = [
  ['a stranger', people.stranger],
  ['her mother', people.mother],
  ['a case worker who is signed in as a guardian (GUA-24)', caseWorkerAtHome],
  ['the unit’s own leader', people.leaderOfSolhaug],
  ['a protection officer', people.officer],
  ['an administrator of the municipality', people.administrator],
  ['a machine', machine],
  ['one of our services', { kind: 'service', name: 'identity' }],
];

/** A town in which Ada has an offer to answer, Bo and a protected child have places, and a case worker's own child waits. */
export async function openOfferTown(isSecondLockOff: boolean) {
  const world = await openTown({ isSecondLockOff });
  const { admin } = world.database;
  const [own, hidden] = [newId(), newId()];
  await world.identity.guardians(own, [people.caseWorker.personId]);
  await world.identity.guardians(hidden, [people.mother.personId, people.father.personId]);
  await world.identity.enrolments(
    hidden,
    [{ unitId: places.solhaug }],
    [{ personId: people.leaderOfFjordbakken.personId, from: '2020-01-01', to: '2099-01-01' }],
  );
  await world.settled();
  const round = await aRound(world, [places.solhaug, places.fjordbakken]);
  const children = [applicants.ada, applicants.bo, own, hidden] as const;
  const apps = [];
  for (const childId of children) apps.push(await anApplication(world, round, childId));
  const [ada, bo, ofOwn, ofHidden] = apps as [string, string, string, string];
  const pool = `${places.solhaug}/small`;
  await publish(world, round, {
    ...{
      pools: { [pool]: 5 },
      ranking: { [pool]: apps },
      wishes: Object.fromEntries(apps.map((id) => [id, [pool]])),
    },
    offers: { [ada]: pool, [bo]: pool, [ofHidden]: pool },
  });
  const offerOf = async (childId: string) =>
    (await admin<{ id: string }[]>`select id from offer where child_id = ${childId} and state = 'SENT'`)[0]!
      .id;
  const accept = async (who: Actor, childId: string) =>
    answerOffer(world.deps, who, { say: 'accept', offerId: await offerOf(childId), idempotencyKey: newId() });
  await accept(people.otherGuardian, applicants.bo);
  await accept(people.mother, hidden);
  const placeOf = async (childId: string) =>
    (await admin<{ id: string }[]>`select id from place where child_id = ${childId}`)[0]!.id;
  const poolId = (await admin<{ id: string }[]>`select id from pool`)[0]!.id;
  return {
    ...{ world, apps: { ada, bo, ofOwn, ofHidden }, own, hidden, poolId },
    ...{
      offerId: await offerOf(applicants.ada),
      placeId: await placeOf(applicants.bo),
      hiddenPlaceId: await placeOf(hidden),
    },
  };
}
export type OfferTown = Awaited<ReturnType<typeof openOfferTown>>;

const outcome = (work: Promise<{ readonly ok: boolean }>) =>
  work.then(
    ({ ok }) => (ok ? 'permitted' : 'refused'),
    (error: { code?: string }) => error.code,
  );
export const answer = ({ world }: OfferTown, actor: Actor, offerId: string) =>
  outcome(answerOffer(world.deps, actor, { say: 'accept', offerId, idempotencyKey: newId() }));
export const resign = ({ world }: OfferTown, actor: Actor, placeId: string) =>
  outcome(resignPlace(world.deps, actor, { placeId, endsOn: addDays(today, 300), idempotencyKey: newId() }));
export const hours = (
  { world }: OfferTown,
  actor: Actor,
  placeId: string,
  from = `${addDays(today, 300).slice(0, 7)}-01`,
) =>
  outcome(
    changePlaceHours(withPrices(world.deps), actor, {
      placeId,
      weeklyHours: 30,
      from,
      idempotencyKey: newId(),
    }),
  );
export const withdraw = ({ world }: OfferTown, actor: Actor, offerId: string) =>
  outcome(withdrawOffer(world.deps, actor, { offerId, reason: 'a mistake', idempotencyKey: newId() }));
export const make = ({ world }: OfferTown, actor: Actor, applicationId: string, poolId: string) =>
  outcome(
    makeOffer(world.deps, actor, { applicationId, poolId, reason: 'by hand', idempotencyKey: newId() }),
  );
export const seats = ({ world }: OfferTown, actor: Actor, poolId: string, wanted = 6) =>
  outcome(
    changePoolSeats(world.deps, actor, {
      poolId,
      seats: wanted,
      reason: 'another room',
      idempotencyKey: newId(),
    }),
  );

interface BothTowns {
  /** With both locks. */
  readonly town: OfferTown;
  /** With row-level security switched off. */
  readonly bare: OfferTown;
  close(): Promise<void>;
}

export async function openBothTowns(): Promise<BothTowns> {
  const [town, bare] = [await openOfferTown(false), await openOfferTown(true)];
  return {
    town,
    bare,
    close: async () => void (await Promise.all([town.world.close(), bare.world.close()])),
  };
}
