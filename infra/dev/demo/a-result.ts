import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Visitor } from '../../visitor/visitor.ts';
import { root } from '../paths.ts';
import type { Say } from '../say.ts';
import { DidNotHold, hold, until } from '../story.ts';
import { type Admission, change, changeOnce, moveRound } from './admission.ts';
import { readRound } from './a-round.ts';
import type { Applications } from './apply-for-a-place.ts';
import { patienceMs } from './scene.ts';

const claims = `{ placementClaimsToAssign(first: 100) { nodes { id } } }`;
const assigned = `{ assignedPlacementClaims(first: 100) { nodes { id } } }`;

/** Who names whoever decides reads nothing of it, and nobody names themself (BHG-09). */
export async function decideClaim(
  { caseWorker }: Admission,
  { decider, roundId, see }: { readonly decider: Visitor; readonly roundId: string; readonly see: Say },
): Promise<void> {
  await moveRound(caseWorker, 'closeAdmissionRound', roundId);
  const { data } = await caseWorker.ask<{
    placementClaimsToAssign: { nodes: readonly { id: string }[] } | null;
  }>(claims);
  const claimId = data?.placementClaimsToAssign?.nodes.at(-1)?.id;
  if (claimId === undefined) throw new DidNotHold('no claim waits for somebody to decide on it');
  const { data: me } = await decider.ask<{ viewer: { id: string } }>('{ viewer { id } }');
  const name = (): Promise<boolean> =>
    change(caseWorker, 'assignPlacementClaim', { claimId, personId: me!.viewer.id }).then(
      () => true,
      () => false,
    );
  await until('the second case worker’s role in admission', patienceMs, name);
  const { data: hers } = await decider.ask<{
    assignedPlacementClaims: { nodes: readonly { id: string }[] } | null;
  }>(assigned);
  hold(
    hers?.assignedPlacementClaims?.nodes.some(({ id }) => id === claimId) === true,
    'whoever decides does not see the claim',
  );
  await changeOnce(decider, 'decidePlacementClaim', {
    ...{ claimId, verdict: 'REFUSED', reason: 'Det er ikke lagt fram noen sakkyndig vurdering.' },
  });
  see('one case worker names another, and reads nothing of it; that one refuses, with reasons');
}

const page = `query Page($id: ID!) { admissionRound(id: $id) { checkPage {
  run { id digest engineVersion summary { children none emptySeats } } findings { kind key } } } }`;
interface Page {
  readonly run: {
    readonly id: string;
    readonly digest: string;
    readonly engineVersion: string;
  };
  readonly findings: readonly { readonly kind: string; readonly key: string | null }[];
}

export async function checkPage(caseWorker: Visitor, id: string): Promise<Page> {
  const { data, codes } = await caseWorker.ask<{ admissionRound: { checkPage: Page | null } | null }>(page, {
    id,
  });
  const checked = data?.admissionRound?.checkPage;
  if (checked == null) throw new DidNotHold(`the check page gave ${codes.join(', ')}`);
  return checked;
}

/** What has to be said to have been seen. */
export const keysOf = ({ findings }: Page): readonly string[] => findings.flatMap(({ key }) => key ?? []);

/** Simulated, allocated, looked at, and published as a whole. Answers the run that it rests on. */
export async function publish(admission: Admission, roundId: string, see: Say): Promise<Page['run']> {
  const { caseWorker } = admission;
  const { run } = await changeOnce<{ run: { summary: { children: number; none: number } } }>(
    caseWorker,
    'simulateRound',
    { roundId },
    { selection: '... on RoundSimulated { run { summary { children none } } }' },
  );
  see(`simulated: ${run.summary.children} children, ${run.summary.none} without a place; nobody is told`);
  await moveRound(caseWorker, 'allocateRound', roundId);
  const checked = await checkPage(caseWorker, roundId);
  const open = checked.findings.filter(({ key }) => key === null).map(({ kind }) => kind);
  hold(open.length === 0, `the check page bars the round: ${open.join(', ')}`);
  const seen = keysOf(checked);
  see(
    `the check page: no better claim to the seat and none too many${seen.length === 0 ? '' : `; to be seen: ${checked.findings.map(({ kind }) => kind).join(', ')}`}`,
  );
  await changeOnce(caseWorker, 'publishRound', { roundId, seen });
  await until(
    'the round is published',
    patienceMs,
    async () => (await readRound(caseWorker, roundId)).state !== 'ALLOCATED',
  );
  const { seed, seedCommitment } = await readRound(caseWorker, roundId);
  const hash = createHash('sha256')
    .update(seed ?? '')
    .digest('hex');
  hold(hash === seedCommitment, 'the seed is not the one whose hash was published');
  see(`published: the seed is ${seed}, and its hash is what was promised`);
  return checked.run;
}

const outcomes = `query Outcomes($id: ID!) { placementApplication(id: $id) { outcomes(language: NB) { outcome reason numbers { place } } } }`;

/** What each family reads of its wish: the rule and the reason, and no number of another child. */
export async function readReasons(
  { first, sibling }: Admission,
  applications: Applications,
  see: Say,
): Promise<void> {
  for (const [{ parent, child }, id, wanted] of [
    [sibling, applications.sibling, 'OFFERED'],
    [first, applications.first, 'REJECTED'],
  ] as const) {
    const { data } = await parent.ask<{
      placementApplication: {
        outcomes: readonly { outcome: string; reason: string; numbers: object | null }[] | null;
      } | null;
    }>(outcomes, { id });
    const [outcome] = data?.placementApplication?.outcomes ?? [];
    hold(outcome?.outcome === wanted, `${child.name?.given} was ${outcome?.outcome}, not ${wanted}`);
    hold(outcome.numbers === null, 'a family is told ranks where the statutes do not');
    see(`${child.name?.given}: “${outcome.reason}”`);
  }
}

/** The same comes out again from what was kept (BHG-23). */
export function replay({ stack }: Admission, run: Page['run'], see: Say): void {
  const { stdout, status } = spawnSync(
    process.execPath,
    [join(root, 'services', 'placement', 'src', 'replay.ts'), run.id],
    {
      ...{ encoding: 'utf8' },
      env: { ...process.env, DATABASE_URL: stack.where.databaseUrl('placement', 'placement') },
    },
  );
  hold(status === 0, `the run does not come out the same: ${stdout}`);
  const { again } = JSON.parse(stdout) as { again: { digest: string } };
  hold(again.digest === run.digest, 'the run has another digest now');
  see(`npm run placement:replay ${run.id}: ${again.digest}, as it was stored`);
}
