import { addDays } from '@ranselpost/kit/pure/dates';
import { newId } from '@ranselpost/kit/ids';
import { staff } from '@ranselpost/kit/testing/actors';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as numbers from '../store/numbers.ts';
import * as persons from '../store/persons.ts';
import { type Told, heldBy, toRecord } from '../testing/harness.ts';
import { aDNumber, aNumber } from '../testing/numbers.ts';
import { type World, asked, made, openWorld } from '../testing/world.ts';
import { hashOf, toStored } from './accept-number.ts';
import { confirmGrant } from './confirm-grant.ts';
import { approveProposal } from './decide-proposal.ts';
import { endByDay } from './end-by-day.ts';
import { grantAccess } from './grant-access.ts';
import { imposeRestriction } from './impose-restriction.ts';
import { recordContacts } from './record-contacts.ts';
import { type Reading, recordPersons } from './record-persons.ts';

let w: World;
beforeAll(async () => (w = await openWorld()));
afterAll(() => w.close());

/** A family to which everything has happened in an order of its own. */
interface Copy {
  readonly number: Readonly<Record<string, string>>;
  readonly children: Readonly<Record<string, string>>;
  readonly id: (who: string) => string | undefined;
  today: string;
}

/** Something that happens to a family once what it `needs` has. Of one person, what was read later counts (S-24). */
type Happening = { readonly needs?: readonly string[] } & (
  | { readonly reads: string; readonly revision?: number; readonly told?: (copy: Copy) => Partial<Told> }
  | { readonly decide: (copy: Copy) => Promise<unknown> }
);

interface Family {
  readonly children?: readonly string[];
  /** Adults whose number is a D-number. */
  readonly former?: readonly string[];
  readonly adults: readonly string[];
  readonly happenings: Readonly<Record<string, Happening>>;
  /** Who has access to whom in the end, and what holds the others. */
  readonly end: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const firstDay = '2026-11-21';
const says = (
  revision: number,
  value: string,
  holders: readonly string[],
  { of = 'child', ...more }: Partial<Told> & { readonly of?: string } = {},
): Happening => ({
  ...{ reads: of, revision },
  told: ({ number }) => ({
    birthDate: '2018-06-21',
    responsibilities: heldBy(value, ...holders.map((who) => number[who]!)),
    ...more,
  }),
});
const read = (reads: string, more: Partial<Told> = {}): Happening => ({ reads, told: () => more });

const impose = (copy: Copy, who: string | null) =>
  made(
    imposeRestriction(
      w.deps,
      staff(w.id.leader),
      {
        ...{ childId: copy.children['child']!, personId: null, parentsKeepView: false },
        number: who === null ? undefined : copy.number[who]!,
        kind: who === null ? 'CARE_ORDER' : 'CONTACT_BAN',
        authority: who === null ? 'CHILD_WELFARE' : 'POLICE',
        ...{ reviewOn: '2027-05-01', note: null },
      },
      asked(null),
    ),
  );
const ban = (who: string): Happening => ({ decide: (copy) => impose(copy, who) });
const approved = async (proposal: Promise<{ readonly proposalId: string }>) =>
  made(approveProposal(w.deps, staff(w.id.caseWorker), (await proposal).proposalId));
const grantOf = async (copy: Copy, who: string) => {
  const [grant] = await w.database.admin<{ grant_id: string }[]>`
    select grant_id from access_grant
    where child_id = ${copy.children['child']!} and person_id = ${copy.id(who)!} and state <> 'ENDED'`;
  return grant!.grant_id;
};

const both = { child: { m: 'ACTIVE', f: 'ACTIVE' } };
const strict = 'PROTECTION_STRENGT_FORTROLIG';
const parents = { m: read('m'), f: read('f') };

const families: Readonly<Record<string, Family>> = {
  'F1, married, joint': {
    adults: ['m', 'f'],
    happenings: { earlier: says(1, 'mor', ['m']), joint: says(2, 'felles', ['m', 'f']), ...parents },
    end: both,
  },
  'F2, sole responsibility, the father known and banned': {
    adults: ['m', 'f'],
    happenings: {
      earlier: says(1, 'felles', ['m', 'f']),
      sole: says(2, 'mor', ['m']),
      ban: ban('f'),
      ...parents,
    },
    end: { child: { m: 'ACTIVE' } },
  },
  'F3, half-siblings on both sides': {
    children: ['child', 'hers', 'his'],
    adults: ['m', 'f', 'x', 'y'],
    happenings: {
      child: says(1, 'felles', ['m', 'f']),
      hers: says(1, 'felles', ['m', 'x'], { of: 'hers' }),
      his: says(1, 'felles', ['f', 'y'], { of: 'his' }),
      ...{ ...parents, x: read('x'), y: read('y') },
    },
    end: { ...both, hers: { m: 'ACTIVE', x: 'ACTIVE' }, his: { f: 'ACTIVE', y: 'ACTIVE' } },
  },
  'F4, given to a grandmother whom staff confirm': {
    adults: ['m', 'g'],
    happenings: {
      earlier: says(1, 'mor', ['m']),
      given: says(2, 'andre', ['g']),
      g: read('g'),
      confirmed: {
        needs: ['given', 'g'],
        decide: async (copy) =>
          made(confirmGrant(w.deps, staff(w.id.leader), await grantOf(copy, 'g'), asked())),
      },
    },
    end: { child: { g: 'ACTIVE' } },
  },
  'F5, an organisation is responsible': {
    adults: ['m'],
    happenings: {
      earlier: says(1, 'mor', ['m']),
      now: says(2, 'andre', [], {
        responsibilities: [
          { value: 'andre', responsible: { kind: 'organisation', organisation: '310990020' } },
        ],
      }),
      m: read('m'),
    },
    end: { child: {} },
  },
  'F6, the child and its mother strictly protected': {
    adults: ['m', 'f'],
    happenings: {
      earlier: says(1, 'felles', ['m', 'f']),
      now: says(2, 'felles', ['m', 'f'], { protection: 'STRENGT_FORTROLIG' }),
      m: read('m', { protection: 'STRENGT_FORTROLIG' }),
      f: read('f'),
    },
    end: { child: { m: strict, f: strict } },
  },
  'F7, the father banned while the register says joint, sole, joint': {
    adults: ['m', 'f'],
    happenings: {
      first: says(1, 'felles', ['m', 'f']),
      second: says(2, 'mor', ['m']),
      third: says(3, 'felles', ['m', 'f']),
      ban: ban('f'),
      ...parents,
    },
    end: { child: { m: 'ACTIVE', f: 'RESTRICTED' } },
  },
  'F8, a care order with a foster mother': {
    adults: ['m', 'f', 'foster'],
    happenings: {
      joint: says(1, 'felles', ['m', 'f']),
      order: { decide: (copy) => impose(copy, null) },
      carer: {
        needs: ['order'],
        decide: (copy) =>
          approved(
            made(
              grantAccess(
                w.deps,
                staff(w.id.leader),
                {
                  ...{ childId: copy.children['child']!, basis: 'DAILY_CARER' },
                  ...{ whom: { kind: 'number', number: copy.number['foster']! } },
                  endsOn: addDays(firstDay, 60),
                },
                asked(),
              ),
            ),
          ),
      },
      ...{ ...parents, foster: { ...read('foster'), needs: ['carer'] } },
    },
    end: { child: { m: 'RESTRICTED', f: 'RESTRICTED', foster: 'ACTIVE' } },
  },
  'F9, sole, joint, annulled': {
    adults: ['m', 'f'],
    happenings: {
      first: says(1, 'mor', ['m']),
      second: says(2, 'felles', ['m', 'f']),
      third: says(3, 'mor', ['m']),
      ...parents,
    },
    end: { child: { m: 'ACTIVE' } },
  },
  'F10, a D-number joined to a national one, entries repeated': {
    adults: ['m', 'f', 'former'],
    former: ['former'],
    happenings: {
      first: says(1, 'felles', ['m', 'former']),
      second: says(2, 'felles', ['m', 'f', 'm', 'f']),
      m: read('m'),
      joined: {
        ...{ reads: 'f', needs: ['second'] },
        told: ({ number }) => ({
          numbers: [
            { number: number['f']!, isInUse: true, kind: 'NATIONAL' },
            { number: number['former']!, isInUse: false, kind: 'D_NUMBER' },
          ],
        }),
      },
    },
    end: both,
  },
  'F11, a guardian who teaches the child': {
    adults: ['m', 'f'],
    happenings: {
      joint: says(1, 'felles', ['m', 'f']),
      ...parents,
      post: {
        needs: ['joint'],
        decide: (copy) => w.database.admin`
          insert into staff_role (role_id, person_id, role, unit_id, group_id, from_day)
          values (${newId()}, ${copy.id('f')!}, 'TEACHER', ${w.unit['school']!}, ${w.group['3A']!}, '2026-08-01')`,
      },
    },
    end: both,
  },
  'F12, a guardian who is reserved against digital letters': {
    adults: ['m', 'f'],
    happenings: {
      joint: says(1, 'felles', ['m', 'f']),
      ...parents,
      contact: {
        needs: ['joint'],
        decide: (copy) =>
          w.deps.db.asService((tx) =>
            recordContacts({ ...w.deps, db: tx }, [{ personId: copy.id('m')!, revision: 1, language: 'nn' }]),
          ),
      },
    },
    end: both,
  },
  'F13, a pupil of fifteen': {
    adults: ['m', 'f'],
    happenings: { joint: says(1, 'felles', ['m', 'f'], { birthDate: '2011-11-21' }), ...parents },
    end: both,
  },
  'F13, a pupil who turns eighteen': {
    adults: ['m', 'f'],
    happenings: {
      joint: says(1, 'felles', ['m', 'f'], { birthDate: '2008-11-22' }),
      ...parents,
      birthday: {
        decide: async (copy) => {
          copy.today = '2026-11-22';
          await endByDay(onDay(copy.today));
        },
      },
    },
    end: { child: {} },
  },
  'F14, twins': {
    children: ['child', 'twin'],
    adults: ['m', 'f'],
    happenings: {
      child: says(1, 'felles', ['m', 'f']),
      twin: says(1, 'felles', ['m', 'f'], { of: 'twin' }),
      ...parents,
    },
    end: { ...both, twin: both.child },
  },
};

const onDay = (day: string) => ({ ...w.deps, now: () => new Date(`${day}T08:00:00Z`) });

/** All orders, or as many as are worth the time: what people decide takes longer. `ORDERS=5040` takes all of everything. */
const mostOf = ({ happenings }: Family): number => {
  const isDecided = Object.values(happenings).some((happening) => 'decide' in happening);
  return Number(process.env['ORDERS'] ?? (isDecided ? 6 : 24));
};
function ordersOf(names: readonly string[], most: number): readonly (readonly string[])[] {
  const count = names.reduce((product, _name, at) => product * (at + 1), 1);
  if (count <= most) return permutations(names);
  const whole = { minLength: names.length, maxLength: names.length };
  return fc.sample(fc.shuffledSubarray([...names], whole), { numRuns: most, seed: 2019 });
}
const permutations = (names: readonly string[]): readonly (readonly string[])[] =>
  names.length === 0
    ? [[]]
    : names.flatMap((first) =>
        permutations(names.filter((other) => other !== first)).map((rest) => [first, ...rest]),
      );

/** One copy of the family for each order, all of them in one database: each step takes every copy one further. */
async function play(family: Family): Promise<readonly { readonly order: string; readonly end: unknown }[]> {
  const { children = ['child'], adults, former = [], happenings } = family;
  let owners: ReadonlyMap<string, string> = new Map();
  let known: Awaited<ReturnType<typeof persons.load>> = new Map();
  const runs = ordersOf(Object.keys(happenings), mostOf(family)).map((order) => {
    const number = Object.fromEntries(
      [...children, ...adults].map((who) => [who, former.includes(who) ? aDNumber() : aNumber()]),
    );
    const copy: Copy = {
      ...{ number, today: firstDay },
      children: Object.fromEntries(children.map((child) => [child, newId()])),
      id: (who) => owners.get(hashOf(w.deps.numbers, number[who]!)),
    };
    return { order, copy, done: new Set<string>(), waiting: [] as string[] };
  });
  type Run = (typeof runs)[number];

  const look = async () => {
    const hashes = runs.flatMap(({ copy }) =>
      Object.values(copy.number).map((number) => hashOf(w.deps.numbers, number)),
    );
    await w.deps.db.asService(async (tx) => {
      owners = await numbers.ownersOf(tx, hashes);
      known = await persons.load(tx, [...new Set(owners.values())]);
    });
  };
  const isPossible = ({ copy, done }: Run, name: string): boolean => {
    const happening = happenings[name]!;
    const isDue = (happening.needs ?? []).every((other) => done.has(other));
    if (!isDue || !('reads' in happening)) return isDue;
    // The register is asked about nobody whom no entry has named yet.
    return known.get(copy.id(happening.reads) ?? '')?.followedAs != null;
  };
  const happen = async (some: readonly (readonly [Run, string])[]): Promise<void> => {
    const readings = some.flatMap(([{ copy }, name]) => {
      const happening = happenings[name]!;
      return 'reads' in happening ? [{ day: copy.today, reading: toReading(copy, happening) }] : [];
    });
    for (const [day, batch] of Map.groupBy(readings, (one) => one.day))
      await w.deps.db.asService((tx) =>
        recordPersons(
          { ...onDay(day), db: tx },
          batch.map(({ reading }) => reading),
        ),
      );
    for (const [{ copy }, name] of some) {
      const happening = happenings[name]!;
      if ('decide' in happening) await happening.decide(copy);
    }
    for (const [{ done }, name] of some) done.add(name);
    await look();
  };

  await begin(runs.map(({ copy }) => copy));
  await look();
  for (const step of Object.keys(happenings).keys()) {
    for (const run of runs) run.waiting.push(run.order[step]!);
    for (;;) {
      const next = runs.flatMap((run): (readonly [Run, string])[] => {
        const name = run.waiting.find((one) => isPossible(run, one));
        return name === undefined ? [] : [[run, name]];
      });
      if (next.length === 0) break;
      for (const [run, name] of next) run.waiting.splice(run.waiting.indexOf(name), 1);
      await happen(next);
    }
  }
  // Anything may come twice.
  await happen(
    runs.flatMap((run): (readonly [Run, string])[] => {
      const name = run.order.find((one) => 'reads' in happenings[one]! && run.done.has(one));
      return name === undefined ? [] : [[run, name]];
    }),
  );
  return Promise.all(
    runs.map(async ({ order, copy }) => ({ order: order.join(', '), end: await endOf(copy, adults) })),
  );
}

function toReading(copy: Copy, happening: Extract<Happening, { reads: string }>): Reading {
  const { reads, revision = 1, told } = happening;
  return {
    ...{ personId: copy.id(reads)!, revision },
    readAt: new Date(Date.parse(`${firstDay}T07:00:00Z`) + revision * 60_000).toISOString(),
    record: toRecord({ number: copy.number[reads]!, ...told?.(copy) }),
  };
}

async function begin(copies: readonly Copy[]): Promise<void> {
  const { deps, database, unit } = w;
  const children = copies.flatMap((copy) =>
    Object.entries(copy.children).map(([who, personId]) => ({ personId, number: copy.number[who]! })),
  );
  await deps.db.asService(async (tx) => {
    await persons.create(
      tx,
      children.map(({ personId }) => ({ personId, isChild: true, followedAs: 'child' })),
    );
    await numbers.insert(
      tx,
      children.map(({ personId, number }) => toStored(deps.numbers, personId, number, 'NATIONAL')),
    );
  });
  await database.admin`
    insert into enrolment
    select gen_random_uuid(), child, ${unit['school']!}::uuid, '{}', '2026-08-01', null
    from unnest(${children.map(({ personId }) => personId)}::uuid[]) as child`;
}

/** Who has access to each child, and of the others what holds them. Whether they ever had it is no part of that. */
async function endOf(copy: Copy, adults: readonly string[]): Promise<unknown> {
  const names = new Map(adults.toReversed().map((who) => [copy.id(who) ?? who, who]));
  const ends = Object.entries(copy.children).map(async ([child, childId]) => {
    const grants = Object.entries(await w.grants(childId)).map(([personId, grant]) => {
      const [state, holds] = grant.split(' ');
      return [names.get(personId) ?? personId, state === 'ACTIVE' ? state : holds];
    });
    return [child, Object.fromEntries(grants)];
  });
  return Object.fromEntries(await Promise.all(ends));
}

describe('each golden family, in whatever order what happens to it is heard of (security § 4.5)', () => {
  test.each(Object.entries(families))(
    '%s: the same people see the child in the end, and the same holds the others (GUA-01, GUA-12, S-02, S-24)',
    async (_name, family) => {
      const ends = await play(family);
      expect(ends.length).toBeGreaterThanOrEqual(6);
      for (const { order, end } of ends) expect([order, end]).toEqual([order, family.end]);
    },
    600_000,
  );
});
