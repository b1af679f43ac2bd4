import type { Say } from '../say.ts';
import { DidNotHold, hold } from '../story.ts';
import { type Admission, type Applicants, changeOnce, moveRound } from './admission.ts';
import type { Applications } from './apply-for-a-place.ts';

const ofChild = `query Offers($id: ID!) { child(id: $id) {
  placementOffers { id state answers } places { id from to } waitingEntries { isActive } } }`;
export interface OfChild {
  readonly placementOffers: readonly {
    readonly id: string;
    readonly state: string;
    readonly answers: readonly string[];
  }[];
  readonly places: readonly { readonly id: string; readonly from: string; readonly to: string | null }[];
  readonly waitingEntries: readonly { readonly isActive: boolean }[];
}

export async function admissionOf({ parent, child }: Applicants): Promise<OfChild> {
  const { data, codes } = await parent.ask<{ child: Partial<OfChild> | null }>(ofChild, { id: child.id });
  if (data?.child == null) throw new DidNotHold(`the child’s offers gave ${codes.join(', ')}`);
  const { placementOffers, places, waitingEntries } = data.child;
  return {
    placementOffers: placementOffers ?? [],
    places: places ?? [],
    waitingEntries: waitingEntries ?? [],
  };
}

async function openOffer(family: Applicants): Promise<string> {
  const offer = (await admissionOf(family)).placementOffers.find(({ state }) => state === 'SENT');
  if (offer === undefined) throw new DidNotHold(`${family.child.name?.given} has no offer to answer`);
  return offer.id;
}

const appeal = { selection: '... on PlacementAppealChanged { appeal { id state isUpheld } }' };
interface Appealed {
  readonly appeal: { readonly id: string; readonly state: string; readonly isUpheld: boolean };
}

/** A refusal of priority by law is appealed against, and the family is right (BHG-16 to BHG-18). */
export async function appealRefusal(
  { caseWorker, first, unit }: Admission,
  { roundId, applications, see }: Afterwards,
): Promise<void> {
  await moveRound(caseWorker, 'openAppeals', roundId);
  const { appeal: received } = await changeOnce<Appealed>(
    first.parent,
    'appealPlacementDecision',
    {
      ...{ applicationId: applications.first, unitId: unit.id },
      grounds: 'Vurderingen var sendt, men ble liggende hos helsestasjonen.',
    },
    appeal,
  );
  const move = (name: string, reason: string): Promise<Appealed> =>
    changeOnce<Appealed>(
      caseWorker,
      'movePlacementAppeal',
      { appealId: received.id, move: name, reason },
      appeal,
    );
  await move('HEAR_OWNER', 'Barnehagen har ingen merknader.');
  const { appeal: upheld } = await move('UPHOLD', 'Vurderingen er mottatt.');
  hold(upheld.isUpheld, 'the appeal is not upheld');
  see('the mother appeals; the owner is heard, and the appeal upheld: the child is ahead on the list now');
}

interface Afterwards {
  readonly roundId: string;
  readonly applications: Applications;
  readonly see: Say;
}

const pools = `query Pools($id: ID!, $year: Int) { admissionUnit(id: $id) { placementPools(admissionYear: $year) {
  id group seats committed next { id } } } }`;
interface Pool {
  readonly id: string;
  readonly group: string | null;
  readonly seats: number;
  readonly committed: number;
  readonly next: { readonly id: string } | null;
}

/** One family says no; the seat goes to the child that is next, and never to two. */
export async function passOnTheSeat(
  admission: Admission,
  { applications, see }: Omit<Afterwards, 'roundId'>,
): Promise<void> {
  const { caseWorker, unit, year, first, sibling } = admission;
  const pool = async (): Promise<Pool> => {
    const { data, codes } = await caseWorker.ask<{
      admissionUnit: { placementPools: readonly Pool[] | null } | null;
    }>(pools, { id: unit.id, year });
    const found = data?.admissionUnit?.placementPools?.find(({ group }) => group === 'SMALL');
    if (found === undefined) throw new DidNotHold(`the seats gave ${codes.join(', ')}`);
    return found;
  };
  const offerId = await openOffer(sibling);
  const { id: poolId } = await pool();
  const { data: early } = await caseWorker.ask<{ it: { code?: string } | null }>(
    `mutation Offer($input: MakePlacementOfferInput!) { it: makePlacementOffer(input: $input) { ... on Refusal { code } } }`,
    {
      input: {
        ...{ applicationId: applications.first, poolId, idempotencyKey: crypto.randomUUID() },
      },
    },
  );
  hold(early?.it?.code === 'E_FULL', `a seat that is offered could be offered again (${early?.it?.code})`);
  await changeOnce(sibling.parent, 'answerPlacementOffer', { offerId, answer: 'DECLINE' });
  const free = await pool();
  hold(free.committed === free.seats - 1, 'the seat is not free');
  hold(free.next?.id === applications.first, 'the child that is ahead is not next');
  see(
    `${sibling.child.name?.given}’s father says no: the seat is free, and ${first.child.name?.given} is next`,
  );
  await changeOnce(caseWorker, 'makePlacementOffer', { applicationId: applications.first, poolId });
  await changeOnce(first.other, 'answerPlacementOffer', {
    ...{ offerId: await openOffer(first), answer: 'ACCEPT' },
  });
  const { places } = await admissionOf(first);
  const place = places.find(({ to }) => to === null);
  hold(place !== undefined, 'the child has no place');
  hold((await pool()).committed === free.seats, 'the seat is not taken');
  see(`${first.child.name?.given}’s father accepts, for both: the place begins on ${place.from}`);
}
