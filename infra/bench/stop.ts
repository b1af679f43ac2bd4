import { newId } from '@ranselpost/kit/ids';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../dev/story.ts';
import { goldenFamilies } from '../simulators/population/index.ts';
import { type ReportAnswer, inputOf, ofOne, reportMutation, schoolDayAhead } from '../visitor/absences.ts';
import { Visitor } from '../visitor/visitor.ts';
import { quantile, report, rounded } from './figures.ts';
import { withScratchStack } from './scratch-stack.ts';

const children = Number(process.env['BENCH_CHILDREN'] ?? 2_000);
const rounds = Number(process.env['BENCH_STOPS'] ?? 100);

const set = `mutation ($input: SetFeatureInput!) { setFeature(input: $input) { __typename } }`;
const unitsOf = `{ viewer { children { id enrolments { unit { id } } } } }`;

/** From the administrator's answer to the refusal that a guardian gets in attendance, for all units of the municipality at once. */
await withScratchStack(children, async (stack) => {
  await stack.start();
  const gateway = stack.urls['gateway']!;
  const administrator = await Visitor.signedIn(gateway, 'staff', 'staff.administrator');
  const mother = await Visitor.signedIn(gateway, 'guardian', goldenFamilies.F1.mother.number);
  const { data } = await mother.ask<{
    viewer: { children: { id: string; enrolments: { unit: { id: string } }[] }[] };
  }>(unitsOf);
  const [child] = data!.viewer.children;
  const input = {
    ...{ childId: child!.id, unitId: child!.enrolments[0]!.unit.id, cause: 'OTHER' },
    day: schoolDayAhead(1),
  };
  const answer = async () => {
    const { data: told, codes } = await mother.ask<ReportAnswer>(reportMutation, {
      input: inputOf({ ...input, idempotencyKey: newId() }),
    });
    // A machine that is too busy to answer has not refused yet.
    if (codes.includes('UNAVAILABLE')) return 'UNAVAILABLE';
    const came = told == null ? null : ofOne(told);
    if (came === null) throw new Error(`reporting gave ${codes.join()}`);
    return came.__typename === 'FeatureClosed' ? 'refused' : 'taken';
  };
  const state = async (wanted: 'OPEN' | 'SUSPENDED') => {
    const asked = performance.now();
    const { data: done, codes } = await administrator.ask<{ setFeature: { __typename: string } | null }>(
      set,
      {
        input: {
          ...{ feature: 'ABSENCE', place: { everywhere: true }, state: wanted, insistsOnDay: true },
          ...{ reason: 'A benchmark', idempotencyKey: newId() },
        },
      },
    );
    if (done?.setFeature?.__typename !== 'FeatureDirected') throw new Error(`stating gave ${codes.join()}`);
    return { asked, answered: performance.now() };
  };
  const acts: number[] = [];
  const refusals: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { asked, answered } = await state('SUSPENDED');
    acts.push(answered - asked);
    refusals.push(await until('a refusal', 60_000, async () => (await answer()) === 'refused', answered));
    await state('OPEN');
    await until('an answer', 60_000, async () => (await answer()) === 'taken');
    await sleep(20);
  }
  const units = await administrator.ask<{ features: { nodes: object[] } }>(
    '{ features(feature: ABSENCE, first: 100) { nodes { id } } }',
  );
  report('stop', {
    children,
    rounds,
    units: units.data?.features.nodes.length,
    answer_p50_ms: rounded(quantile(acts, 0.5)),
    answer_p99_ms: rounded(quantile(acts, 0.99)),
    refused_p50_ms: rounded(quantile(refusals, 0.5)),
    refused_p99_ms: rounded(quantile(refusals, 0.99)),
  });
});
