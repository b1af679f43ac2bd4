import { type ReportAnswer, ofOne, reportMutation, schoolDayAhead } from '../visitor/absences.ts';
import { newId } from '@ranselpost/kit/ids';
import { backupOf } from '@ranselpost/kit/testing/database';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { hold, until } from '../dev/story.ts';
import type { Stack } from '../dev/stack.ts';
import { goldenFamilies } from '../simulators/population/index.ts';
import { type GraphAnswer, Visitor } from '../visitor/visitor.ts';
import { report, rounded } from './figures.ts';
import { withScratchStack } from './scratch-stack.ts';

const children = Number(process.env['BENCH_CHILDREN'] ?? 2_000);
const longestMs = 180_000;

interface Child {
  readonly id: string;
  readonly name: { readonly given: string } | null;
  readonly enrolments: readonly { readonly unit: { readonly id: string; readonly kind: string } }[];
}
const mine = `{ viewer { children { id name { given } enrolments { unit { id kind } } } } }`;
const one = `query One($id: ID!) { child(id: $id) { id } }`;
const restrictions = `query One($id: ID!) { child(id: $id) { restrictions { id } } }`;
const nothing: ReportAnswer = { reportAbsence: null };
const ban = `mutation ($input: ImposeRestrictionInput!) { it: imposeRestriction(input: $input) { __typename } }`;
const set = `mutation ($input: SetFeatureInput!) { it: setFeature(input: $input) { __typename } }`;

/**
 * A restore, rehearsed with the running services (S-27): what is taken away after the backup is not given back by putting the
 * backup back, and everybody else is served again. Says when it was rehearsed and how long each part took.
 */
await withScratchStack(children, async (stack) => {
  await stack.start();
  const gateway = stack.urls['gateway']!;
  const { F1, F2 } = goldenFamilies;
  const mother = await Visitor.signedIn(gateway, 'guardian', F1.mother.number);
  const father = await Visitor.signedIn(gateway, 'guardian', F1.father.number);
  const leader = await Visitor.signedIn(gateway, 'staff', 'staff.schoolLeader');
  const administrator = await Visitor.signedIn(gateway, 'staff', 'staff.administrator');
  const family = (await mother.ask<{ viewer: { children: Child[] } }>(mine)).data!.viewer.children;
  const named = (given: string) => family.find(({ name }) => name?.given === given)!;
  const [older, younger] = [named(F1.older.given), named(F1.younger.given)];

  const isHidden = ({ status, codes }: GraphAnswer<unknown>) => status === 401 || codes.includes('NOT_FOUND');
  const seesIn = {
    identity: (who: Visitor, { id }: Child) => who.ask(one, { id }),
    // A day long past: whoever may report is told so, and to everybody else there is no such child.
    attendance: (who: Visitor, { id, enrolments }: Child, day = '2020-01-01') =>
      who.ask<ReportAnswer>(reportMutation, {
        input: {
          ...{ places: [{ childId: id, unitId: enrolments[0]!.unit.id }], firstDay: day, cause: 'OTHER' },
          idempotencyKey: newId(),
        },
      }),
  };
  const isShut = async (who: Visitor, child: Child) =>
    isHidden(await seesIn.identity(who, child)) && isHidden(await seesIn.attendance(who, child));
  const isServed = async (who: Visitor, child: Child) =>
    (await seesIn.identity(who, child)).codes.length === 0 &&
    (await seesIn.attendance(who, child)).codes.length === 0;
  const must = async (who: Visitor, query: string, input: object) => {
    const { data, codes } = await who.ask<{ it: { __typename: string } | null }>(query, {
      input: { ...input, idempotencyKey: newId() },
    });
    hold(data?.it?.__typename !== undefined, `a decision got ${codes.join()}`);
    return data.it.__typename;
  };
  const banned = async () =>
    (await leader.ask<{ child: { restrictions: object[] } | null }>(restrictions, { id: older.id })).data
      ?.child?.restrictions.length ?? 0;
  const isSuspended = async () =>
    ofOne((await seesIn.attendance(mother, older, schoolDayAhead(1))).data ?? nothing)?.__typename ===
    'FeatureClosed';

  const server = postgres(stack.postgresAdminUrl, { max: 1, onnotice: () => {} });
  const backups = { identity: backupOf(server, 'identity'), registry: backupOf(server, 'registry') };
  const took = async (work: () => Promise<unknown>): Promise<number> => {
    const began = performance.now();
    await work();
    return performance.now() - began;
  };
  try {
    const keepMs = await took(async () => {
      await backups.identity.keep();
      await backups.registry.keep();
    });
    const [size] = await server`
      select round(pg_database_size('identity') / 1e6) as identity, round(pg_database_size('registry') / 1e6) as registry`;

    // What is taken away since: by the register, by a leader, by an administrator.
    await until('served', longestMs, () => isServed(father, older));
    await happen(stack, { kind: 'sole-responsibility', child: 'F1.older', holder: 'F1.mother' });
    await until('the loss', longestMs, () => isShut(father, older));
    const stranger = { adultId: null, nationalNumber: F2.father.number };
    const order = { kind: 'CONTACT_BAN', authority: 'POLICE', reviewOn: inDays(30) };
    hold((await must(leader, ban, { childId: older.id, ...stranger, ...order })) === 'Decided', 'no ban');
    const suspension = { feature: 'ABSENCE', place: { everywhere: true }, state: 'SUSPENDED' };
    await must(administrator, set, { ...suspension, reason: 'A rehearsal' });
    await until('the suspension', longestMs, isSuspended);
    hold((await banned()) === 1, 'the ban is not there');

    let isOver = false;
    const seen = { asked: 0, tooMuch: 0 };
    const watch = (async () => {
      while (!isOver) {
        for (const ask of [seesIn.identity, seesIn.attendance]) {
          const { status, codes } = await ask(father, older);
          seen.asked += 1;
          if (status === 200 && codes.length === 0) seen.tooMuch += 1;
        }
        await sleep(20);
      }
    })();
    const restore = async (name: 'identity' | 'registry', isRight: () => Promise<boolean>) => {
      await stack.stopPart(name);
      const began = performance.now();
      const putBackMs = await took(backups[name].putBack);
      await stack.startPart(name);
      const readyMs = performance.now() - began;
      return { putBackMs, readyMs, rightMs: await until('all in its place', longestMs, isRight, began) };
    };
    const identity = await restore(
      'identity',
      async () =>
        (await banned()) === 1 &&
        (await isSuspended()) &&
        (await isServed(mother, older)) &&
        (await isShut(father, older)),
    );
    // The other one's database: what the register says afterwards has to get through.
    const registry = await restore('registry', async () => isServed(mother, older));
    await happen(stack, { kind: 'sole-responsibility', child: 'F1.younger', holder: 'F1.mother' });
    const heardMs = await until('the next loss', longestMs, () => isShut(father, younger));
    isOver = true;
    await watch;
    report('restore', {
      rehearsed_at: new Date().toISOString(),
      children,
      identity_mb: Number(size!['identity']),
      registry_mb: Number(size!['registry']),
      backup_ms: rounded(keepMs, 0),
      ...figuresOf('identity', identity),
      ...figuresOf('registry', registry),
      next_change_heard_ms: rounded(heardMs, 0),
      asked_by_whoever_had_lost: seen.asked,
      shown_to_whoever_had_lost: seen.tooMuch,
    });
    if (seen.tooMuch > 0) process.exitCode = 1;
  } finally {
    await server.end({ timeout: 2 });
  }
});

function figuresOf(name: string, times: { putBackMs: number; readyMs: number; rightMs: number }) {
  return {
    [`${name}_put_back_ms`]: rounded(times.putBackMs, 0),
    [`${name}_ready_ms`]: rounded(times.readyMs, 0),
    [`${name}_all_right_ms`]: rounded(times.rightMs, 0),
  };
}

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

async function happen(stack: Stack, wish: object): Promise<void> {
  const answer = await fetch(`${stack.urls['freg']}/control/life-events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wish),
  });
  hold(answer.ok, `the register's simulator answered ${answer.status}`);
}
