import { goldenFamilies } from '../../simulators/population/index.ts';
import { Visitor } from '../../visitor/visitor.ts';
import type { Say } from '../say.ts';
import { hold } from '../story.ts';
import { type Admission, type Applicants, change, changeOnce } from './admission.ts';
import { aKey } from './graph.ts';

/** The applications of the two families. */
export interface Applications {
  readonly first: string;
  readonly sibling: string;
}

const guardians = `query Guardians($id: ID!) { child(id: $id) { guardians { id } } }`;
const standing = `query Standing($id: ID!) { placementApplication(id: $id) { state } }`;

/** A draft, sent: the other parent sees it from then on. */
async function apply(
  { unit }: Admission,
  { parent, other, child }: Applicants,
  { roundId, siblingId, see }: { readonly roundId: string; readonly siblingId?: string; readonly see: Say },
): Promise<string> {
  const { data } = await parent.ask<{ child: { guardians: readonly { id: string }[] } | null }>(guardians, {
    id: child.id,
  });
  const { application } = await change<{ application: { id: string } }>(
    parent,
    'savePlacementApplication',
    {
      ...{ childId: child.id, roundId, guardianIds: data?.child?.guardians.map(({ id }) => id) ?? [] },
      wishes: [{ unitId: unit.id, rank: 1, ...(siblingId !== undefined && { siblingId }) }],
    },
    { selection: '... on PlacementApplicationSaved { application { id } }' },
  );
  const seenBy = async (who: Visitor): Promise<string | undefined> =>
    (await who.ask<{ placementApplication: { state: string } | null }>(standing, { id: application.id })).data
      ?.placementApplication?.state;
  hold((await seenBy(other)) === undefined, 'the other parent reads a draft');
  const { receipt } = await changeOnce<{ receipt: { receivedAt: string } }>(
    parent,
    'submitPlacementApplication',
    { applicationId: application.id },
    { selection: '... on PlacementApplicationReceived { receipt { receivedAt } }' },
  );
  hold((await seenBy(other)) === 'SUBMITTED', 'the other parent does not see the application');
  see(`${child.name?.given} is applied for, received ${receipt.receivedAt}; the other parent sees it too`);
  return application.id;
}

export async function applyForPlaces(admission: Admission, roundId: string, see: Say): Promise<Applications> {
  const { first, sibling, stack, unit } = admission;
  const applications = {
    first: await apply(admission, first, { roundId, see }),
    sibling: await apply(admission, sibling, { roundId, siblingId: sibling.elder.id, see }),
  };
  await change(first.parent, 'claimPlacementPriority', { applicationId: applications.first, flag: 'law18' });
  see(`${first.child.name?.given}’s mother claims priority by law, without a word of why`);
  const stranger = await Visitor.signedIn(
    stack.urls['gateway']!,
    'guardian',
    goldenFamilies.F2.mother.number,
  );
  const { codes } = await stranger.ask(
    `mutation Save($input: SavePlacementApplicationInput!) { savePlacementApplication(input: $input) { __typename } }`,
    { input: { childId: first.child.id, roundId, wishes: [{ unitId: unit.id, rank: 1 }] } },
  );
  hold(codes.includes('NOT_FOUND'), `somebody else’s child could be applied for (${codes.join(', ')})`);
  const { codes: sent } = await stranger.ask(
    `mutation Send($input: SubmitPlacementApplicationInput!) { submitPlacementApplication(input: $input) { __typename } }`,
    { input: { applicationId: applications.first, idempotencyKey: aKey() } },
  );
  hold(sent.includes('NOT_FOUND'), `somebody else’s application could be sent (${sent.join(', ')})`);
  see('a stranger who has the child’s id is told that there is no such child');
  return applications;
}
