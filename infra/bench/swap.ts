import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { Pool } from 'undici';
import { goldenByName } from '../simulators/population/index.ts';
import { Visitor } from '../visitor/visitor.ts';
import { median, report, rounded } from './figures.ts';
import { rankEffect } from './rank-effect.ts';
import { withScratchStack } from './scratch-stack.ts';

/** One question by somebody who may not see what is hidden. */
interface Case {
  readonly name: string;
  readonly as: readonly ['guardian' | 'staff', string];
  /** A golden child, or a unit by its name. */
  readonly hidden: { readonly child: string } | { readonly unit: string };
  readonly body: (id: string) => object;
}

const child = (id: string) => ({
  query: 'query ($id: ID!) { child(id: $id) { id name { given } absences { nodes { id } } } }',
  variables: { id },
});
const unit = (id: string) => ({
  query: 'query ($id: ID!) { unit(id: $id) { id name absences(day: "2026-11-20") { nodes { id } } } }',
  variables: { id },
});
const change = (id: string) => ({
  query: 'mutation ($input: ReportAbsenceInput!) { reportAbsence(input: $input) { __typename } }',
  variables: {
    input: {
      places: [{ childId: id, unitId: randomUUID() }],
      firstDay: '2020-01-01',
      cause: 'SICK',
      idempotencyKey: randomUUID(),
    },
  },
});

const cases: readonly Case[] = [
  {
    name: 'own_child_without_right',
    as: ['guardian', 'F2.father'],
    hidden: { child: 'F2.child' },
    body: child,
  },
  { name: 'child_of_another', as: ['guardian', 'F1.mother'], hidden: { child: 'F2.child' }, body: child },
  { name: 'protected_child', as: ['guardian', 'F1.mother'], hidden: { child: 'F6.child' }, body: child },
  { name: 'child_of_another_class', as: ['staff', 'F11.father'], hidden: { child: 'F1.older' }, body: child },
  { name: 'unit_of_others', as: ['guardian', 'F1.mother'], hidden: { unit: 'Blyanten skole' }, body: unit },
  { name: 'report_for_another', as: ['guardian', 'F1.mother'], hidden: { child: 'F2.child' }, body: change },
];

const timings = Number(process.env['BENCH_TIMINGS'] ?? 1000);
const warmUp = 200;
/** A share further from a half than this is something that an attacker could use; chance stays within 0.043 of it. */
const separableFrom = 0.05;

await withScratchStack(50, async (stack) => {
  await stack.start();
  const gateway = stack.urls['gateway']!;
  const url = new URL(stack.postgresAdminUrl);
  url.pathname = '/identity';
  const look = postgres(url.href, { max: 1, onnotice: () => {} });
  const figures: Record<string, number> = {};
  const separable: string[] = [];
  try {
    for (const { name, as, hidden, body } of cases) {
      const visitor = await Visitor.signedIn(gateway, ...as);
      const ids = { hidden: await idOf(look, hidden), missing: randomUUID(), control: randomUUID() };
      const samples = await measure(visitor, ids, body);
      const effect = rankEffect(samples.hidden, samples.missing);
      const control = rankEffect(samples.control, samples.missing);
      const isSeparable = Math.abs(effect.share - 0.5) > separableFrom;
      if (isSeparable) separable.push(name);
      process.stdout.write(
        `${name}: ${rounded(median(samples.hidden), 2)} and ${rounded(median(samples.missing), 2)} ms, ` +
          `share ${rounded(effect.share, 3)} (${rounded(effect.deviations)} deviations), ` +
          `two missing ones ${rounded(control.share, 3)}: ${isSeparable ? 'SEPARABLE' : 'not separable'}\n`,
      );
      figures[`${name}_hidden_ms`] = rounded(median(samples.hidden), 2);
      figures[`${name}_missing_ms`] = rounded(median(samples.missing), 2);
      figures[`${name}_share`] = rounded(effect.share, 3);
      figures[`${name}_control_share`] = rounded(control.share, 3);
    }
  } finally {
    await look.end({ timeout: 2 });
  }
  report('swap', { timings, ...figures, separable });
});

async function idOf(look: postgres.Sql, hidden: Case['hidden']): Promise<string> {
  if ('unit' in hidden) {
    const [row] = await look<[{ unit_id: string }]>`select unit_id from unit where name = ${hidden.unit}`;
    return row.unit_id;
  }
  const { given, family, born } = goldenByName.get(hidden.child)!;
  const [row] = await look<[{ person_id: string }]>`
    select person_id from person where given = ${given} and family = ${family} and birth_date = ${born}`;
  return row.person_id;
}

type Kind = 'hidden' | 'missing' | 'control';

/** Asks one after the other on one connection, in an order that no drift of the machine can favour. */
async function measure(
  visitor: Visitor,
  ids: Readonly<Record<Kind, string>>,
  body: Case['body'],
): Promise<Record<Kind, number[]>> {
  const url = new URL('/graphql', visitor.gatewayUrl);
  const headers = { 'content-type': 'application/json', origin: url.origin, cookie: visitor.jar.header(url) };
  const pool = new Pool(url.origin, { connections: 1, pipelining: 1 });
  const samples: Record<Kind, number[]> = { hidden: [], missing: [], control: [] };
  const answers = new Set<string>();
  for (let round = -warmUp; round < timings; round += 1) {
    const order = (['hidden', 'missing', 'control'] as const)
      .map((kind) => ({ kind, at: Math.random() }))
      .toSorted((one, other) => one.at - other.at);
    for (const { kind } of order) {
      const sent = JSON.stringify(body(ids[kind]));
      const began = performance.now();
      const response = await pool.request({ method: 'POST', path: url.pathname, headers, body: sent });
      const text = await response.body.text();
      const took = performance.now() - began;
      answers.add(`${response.statusCode} ${text}`);
      if (round >= 0) samples[kind].push(took);
    }
  }
  await pool.close();
  if (answers.size !== 1 || ![...answers][0]!.includes('NOT_FOUND'))
    throw new Error(`what is hidden and what is missing is not answered alike: ${[...answers].join(' | ')}`);
  return samples;
}
