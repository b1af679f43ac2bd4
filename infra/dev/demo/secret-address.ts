import { goldenFamilies } from '../../simulators/population/index.ts';
import type { Visitor } from '../../visitor/visitor.ts';
import type { Say } from '../say.ts';
import { DidNotHold, hold } from '../story.ts';
import { isOutOfSight } from './graph.ts';
import { type Scene, neutralPage } from './scene.ts';
import { type Case, appoint, cannotApproveAlone, caseFields, decide, propose } from './town-hall.ts';

const protectedItems = `{ workItems(first: 100, kind: PROTECTION) { nodes { case { ${caseFields} } } } }`;
interface Items {
  readonly workItems: { readonly nodes: readonly { readonly case: Case | null }[] } | null;
}

/** F6: joint responsibility, and mother and child strictly protected (ADR-02, ADR-04, GUA-20). */
export async function secretAddress({ guardian, hall }: Scene, see: Say): Promise<void> {
  const { F6 } = goldenFamilies;
  await appoint(hall, 'PROTECTION_OFFICER');
  see('two administrators make a clerk protection officer for the time being; neither could alone');
  const casesOf = async (who: Visitor): Promise<readonly Case[]> => {
    const { data } = await who.ask<Items>(protectedItems);
    return (data?.workItems?.nodes ?? []).flatMap((item) => item.case ?? []);
  };
  const found = (await casesOf(hall.clerk)).find(({ child }) => child.name?.given === F6.child.given);
  if (found === undefined) throw new DidNotHold('the officer does not find the case');
  const childId = found.child.id;
  hold(
    found.grants.every(({ state, holds }) => state === 'PENDING' && holds.length > 0),
    'somebody sees the child before an officer has looked',
  );
  see('the officer finds the case; both parents wait, though the register says joint responsibility');
  hold(
    (await casesOf(hall.caseWorker)).every(({ child }) => child.id !== childId),
    'a case worker sees the case',
  );

  const stranger = await neutralPage(await guardian('staff.otherTeacher'));
  const parents = await Promise.all([F6.father, F6.mother].map(({ number }) => guardian(number)));
  for (const parent of parents) {
    hold((await neutralPage(parent)).text === stranger.text, 'a parent’s page differs from a stranger’s');
    hold(await isOutOfSight(parent, childId), 'a parent finds the child');
  }
  for (const who of [...parents, hall.caseWorker])
    hold(
      (await answerFor(who, childId)) === (await answerFor(who, crypto.randomUUID())),
      'the child’s id is answered otherwise than an id of nobody',
    );
  see('parents and case workers get the answer for the child’s id that an id of nobody gets');

  const mothers = found.grants.find(({ adult }) => adult.name?.given === F6.mother.given);
  const proposal = await propose(hall.clerk, 'confirmGrant', {
    ...{ grantId: mothers?.id, reason: 'The demo: proof was seen' },
  });
  await cannotApproveAlone(hall.clerk, proposal);
  await decide(hall.clerk, 'rejectProposal', { proposalId: proposal });
  see('one officer alone lets not even the mother in: she takes her proposal back');
}

const one = `query One($id: ID!) { child(id: $id) { id } guardianshipCase(childId: $id) { child { id } } }`;
const answerFor = async (who: Visitor, id: string): Promise<string> =>
  JSON.stringify(await who.ask(one, { id }));
