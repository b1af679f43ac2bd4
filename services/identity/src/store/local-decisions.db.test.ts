import { aboutNobody } from '@ranselpost/kit/answer';
import type { Tx } from '@ranselpost/kit/database';
import { newId } from '@ranselpost/kit/ids';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { type SQL, sql } from 'drizzle-orm';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type Name, type World, openWorld } from '../testing/world.ts';

let world: World;
/** What the tests change, put back after each by way of copies: a restore of the whole database takes seconds. */
const changed = [
  'restriction',
  'proposal',
  'confidential_text',
  'access_grant',
  'person',
  'municipal_role',
  'staff_role',
];
beforeAll(async () => {
  world = await openWorld();
  await world.database.admin`create schema kept`;
  for (const table of changed)
    await world.database.admin.unsafe(`create table kept.${table} as table ${table}`);
});
afterAll(() => world.close());
let isSpoilt = false;
beforeEach(() => (isSpoilt = false));
afterEach(async () => {
  if (!isSpoilt) return;
  await world.database.admin.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    for (const table of changed) {
      const [row] = await tx<{ columns: string }[]>`
        select string_agg(quote_ident(attname), ', ') as columns from pg_attribute
        where attrelid = ${table}::regclass and attnum > 0 and not attisdropped and attgenerated = ''`;
      const { columns } = row!;
      await tx.unsafe(`delete from ${table}`);
      await tx.unsafe(`insert into ${table} (${columns}) select ${columns} from kept.${table}`);
    }
  });
});

/** Past every use case: what the database itself lets the service do, in a member of staff's name or in nobody's. */
const as = <Value>(name: Name, work: (tx: Tx) => Promise<Value>): Promise<Value> =>
  world.deps.db.decide(
    staff(world.id[name]),
    async () => {},
    async (tx) => aboutNobody(await work(tx)),
  );
const run = (tx: Tx, ...statements: readonly SQL[]): Promise<void> =>
  statements.reduce(async (before, statement) => {
    await before;
    await tx.execute(statement);
  }, Promise.resolve());
const asNobody = (...statements: readonly SQL[]) => world.deps.db.asService((tx) => run(tx, ...statements));

const ban = (
  by: Name,
  { person = 'father', child = 'ours', kind = 'CONTACT_BAN', authority = 'UNIT', id = newId() } = {},
): SQL => sql`
  insert into restriction (restriction_id, child_id, person_id, kind, authority, closes_access, review_on, imposed_by)
  values (${id}, ${world.id[child as Name]}, ${world.id[person as Name]}, ${kind}, ${authority}, ${kind !== 'MAY_NOT_FETCH'},
    '2027-01-01', ${world.id[by]})`;
const grantOf = (person: Name, child: Name = 'ours') =>
  sql`child_id = ${world.id[child]} and person_id = ${world.id[person]}`;
const suspend = (person: Name, child: Name = 'ours') =>
  sql`update access_grant set state = 'SUSPENDED', holds = '{RESTRICTED}' where ${grantOf(person, child)}`;
const activate = (person: Name, child: Name = 'ours') =>
  sql`update access_grant set state = 'ACTIVE', holds = '{}' where ${grantOf(person, child)}`;
const refusal = (message: RegExp) => ({ cause: { message: expect.stringMatching(message) as string } });
const notPermitted = refusal(/row-level security|permission denied/);
/** A decision that stands in this transaction, of one or of two. */
const decision = (
  kind: string,
  by: Name,
  {
    proposedBy = by,
    child = 'hidden',
    person = 'hiddenFather',
    restriction = null as string | null,
    id = newId(),
  } = {},
): readonly [string, readonly SQL[]] => {
  const text = newId();
  const needsTwo = proposedBy !== by;
  return [
    id,
    [
      sql`insert into confidential_text values (${text}, 'k1', 'x')`,
      sql`insert into proposal (proposal_id, kind, child_id, person_id, grant_id, restriction_id, reason_id, needs_two, proposed_by,
            expires_on, idempotency_key, request_hash${needsTwo ? sql`` : sql`, decided_by, decided_at, outcome`})
          values (${id}, ${kind}, ${world.id[child as Name]}, ${world.id[person as Name]},
            ${kind === 'CONFIRM_GRANT' ? sql`(select grant_id from access_grant where ${grantOf('hiddenFather', 'hidden')})` : sql`null`},
            ${restriction}, ${text}, ${needsTwo},
            ${world.id[proposedBy]}, '2999-01-01', ${newId()}, sha256('x')
            ${needsTwo ? sql`` : sql`, ${world.id[by]}, now(), 'APPLIED'`})`,
    ],
  ];
};
const decide = (id: string, by: Name) =>
  sql`update proposal set outcome = 'APPLIED', decided_by = ${world.id[by]}, decided_at = now() where proposal_id = ${id}`;

describe('a restriction and an active grant (GUA-12)', () => {
  beforeEach(() => (isSpoilt = true));

  test('do not stand beside each other: whoever imposes one has closed the other when the transaction ends', async () => {
    await expect(as('leader', (tx) => run(tx, ban('leader')))).rejects.toThrow(/still active/);
    await as('leader', (tx) => run(tx, ban('leader'), suspend('father')));
    await as('leader', (tx) => run(tx, ban('leader', { person: 'mother', kind: 'MAY_NOT_FETCH' })));
    expect(await world.active(world.id.ours)).toEqual([world.id.mother]);
  });

  test('do not stand beside each other the other way round: nothing makes the grant active again, or another', async () => {
    await as('leader', (tx) => run(tx, ban('leader'), suspend('father')));
    await expect(asNobody(activate('father'))).rejects.toMatchObject(refusal(/closed by a restriction/));
    await asNobody(
      sql`update access_grant set state = 'ENDED', holds = '{}', ended_at = now() where ${grantOf('father')}`,
    );
    const another = sql`
      insert into access_grant (grant_id, child_id, person_id, ground, state, holds)
      values (${newId()}, ${world.id.ours}, ${world.id.father}, 'PARENTAL_RESPONSIBILITY', 'ACTIVE', '{}')`;
    await expect(asNobody(another)).rejects.toMatchObject(refusal(/closed by a restriction/));
    await expect(as('leader', (tx) => run(tx, another))).rejects.toMatchObject(
      refusal(/closed by a restriction/),
    );
  });

  test('of a care order are every grant by responsibility, whoever holds it (GUA-15)', async () => {
    const order = sql`
      insert into restriction (restriction_id, child_id, kind, authority, closes_access, review_on, imposed_by)
      values (${newId()}, ${world.id.ours}, 'CARE_ORDER', 'CHILD_WELFARE', true, '2027-01-01', ${world.id.leader})`;
    await expect(as('leader', (tx) => run(tx, order, suspend('father')))).rejects.toThrow(/still active/);
    await as('leader', (tx) => run(tx, order, suspend('father'), suspend('mother')));
    await expect(asNobody(activate('mother'))).rejects.toMatchObject(refusal(/closed by a restriction/));
  });

  test.each(['the restriction first', 'the grant first'])(
    'do not pass each other in two transactions at once: %s',
    async (order) => {
      await asNobody(
        sql`update access_grant set state = 'PENDING', holds = '{D_NUMBER}' where ${grantOf('father')}`,
      );
      const holdOn = () => sleep(300);
      const imposing = (pause: boolean) =>
        as('leader', async (tx) => {
          await run(tx, ban('leader'));
          if (pause) await holdOn();
        });
      const opening = (pause: boolean) =>
        world.deps.db.asService(async (tx) => {
          await run(tx, activate('father'));
          if (pause) await holdOn();
        });
      const first = order === 'the restriction first' ? imposing(true) : opening(true);
      await sleep(100);
      const second = order === 'the restriction first' ? opening(false) : imposing(false);
      const outcomes = await Promise.allSettled([first, second]);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const standing = await world.database.admin`
        select from access_grant g join restriction r on r.child_id = g.child_id and r.person_id = g.person_id
        where g.state = 'ACTIVE' and r.lifted_at is null`;
      expect(standing).toHaveLength(0);
    },
  );

  test('are compared by who people are: a merge of the child or of the adult frees nobody (FREG-09)', async () => {
    await as('leader', (tx) => run(tx, ban('leader'), suspend('father')));
    const merge = (from: Name, into: Name) =>
      sql`update person set merged_into = ${world.id[into]} where person_id = ${world.id[from]}`;
    // Another id, with access of its own, turns out to be the father.
    const other = sql`
      insert into access_grant (grant_id, child_id, person_id, ground, state, holds)
      values (${newId()}, ${world.id.ours}, ${world.id.otherMother}, 'PARENTAL_RESPONSIBILITY', 'ACTIVE', '{}')`;
    await asNobody(other);
    await expect(asNobody(merge('father', 'otherMother'))).rejects.toThrow(/still active/);
    await asNobody(merge('father', 'otherMother'), suspend('otherMother'));
    await expect(asNobody(activate('otherMother'))).rejects.toMatchObject(refusal(/closed by a restriction/));
    // And another child with the same mother turns out to be this one.
    await as('leader', (tx) => run(tx, ban('leader', { person: 'mother' }), suspend('mother')));
    await expect(asNobody(merge('ours', 'sibling'))).rejects.toThrow(/still active/);
    await asNobody(merge('ours', 'sibling'), suspend('mother', 'sibling'), suspend('father', 'sibling'));
    await expect(asNobody(activate('mother', 'sibling'))).rejects.toMatchObject(refusal(/closed/));
  });

  test('are decided on what has been committed, and on no older picture of it', async () => {
    await expect(
      world.database.admin.begin('isolation level repeatable read', async (tx) => {
        await tx`select from access_grant`;
        await tx`update access_grant set state = 'ACTIVE' where child_id = ${world.id.ours}`;
      }),
    ).rejects.toThrow(/what has been committed/);
  });
});

describe('a restriction is out of reach (S-03)', () => {
  test('of every event, import and timer: they enter as nobody, and write and change none', async () => {
    await expect(asNobody(ban('leader'), suspend('father'))).rejects.toMatchObject(notPermitted);
    isSpoilt = true;
    await as('leader', (tx) => run(tx, ban('leader'), suspend('father')));
    const lifted = await world.deps.db
      .asService((tx) =>
        tx.execute(
          sql`update restriction set lifted_at = now(), lifted_by = ${world.id.leader}, lift_decision_id = ${newId()} returning restriction_id`,
        ),
      )
      .catch((error: unknown) => error);
    expect(lifted).toMatchObject(refusal(/row-level security|lifted by a decision/));
    for (const statement of [
      sql`delete from restriction`,
      sql`update restriction set review_on = '2999-01-01'`,
      sql`update restriction set closes_access = false`,
      sql`update restriction set person_id = null`,
      sql`truncate restriction`,
    ])
      await expect(asNobody(statement)).rejects.toMatchObject(notPermitted);
  });

  test('of a guardian’s session, and of anybody who writes in another’s name', async () => {
    const { db } = world.deps;
    const asGuardian = db.decide(
      guardian(world.id.leader),
      async () => {},
      async (tx) => aboutNobody(await run(tx, ban('leader'), suspend('father'))),
    );
    await expect(asGuardian).rejects.toMatchObject(notPermitted);
    await expect(as('teacher', (tx) => run(tx, ban('leader'), suspend('father')))).rejects.toMatchObject(
      notPermitted,
    );
  });

  test('is lifted once, by a decision of the same transaction, and by two where the unit is not its source', async () => {
    isSpoilt = true;
    const [own, courts] = [newId(), newId()];
    await as('leader', (tx) =>
      run(
        tx,
        ban('leader', { id: own }),
        ban('leader', { id: courts, kind: 'COURT_ORDER', authority: 'COURT' }),
        suspend('father'),
      ),
    );
    const lift = (restriction: string, by: Name, decided: string) =>
      sql`update restriction set lifted_at = now(), lifted_by = ${world.id[by]}, lift_decision_id = ${decided} where restriction_id = ${restriction}`;
    const alone = (restriction: string) =>
      decision('LIFT_RESTRICTION', 'leader', { restriction, child: 'ours', person: 'father' });

    await expect(as('leader', (tx) => run(tx, lift(own, 'leader', newId())))).rejects.toMatchObject(
      refusal(/lifted by a decision/),
    );
    const [forCourts, makeForCourts] = alone(courts);
    await expect(
      as('leader', (tx) => run(tx, ...makeForCourts, lift(courts, 'leader', forCourts))),
    ).rejects.toMatchObject(refusal(/lifted by a decision/));
    // A decision on one restriction lifts no other.
    const [forOwn, makeForOwn] = alone(own);
    await expect(
      as('leader', (tx) => run(tx, ...makeForOwn, lift(courts, 'leader', forOwn))),
    ).rejects.toMatchObject(refusal(/lifted by a decision/));
    await as('leader', (tx) => run(tx, ...makeForOwn, lift(own, 'leader', forOwn)));
    const [again, makeAgain] = alone(own);
    await as('leader', (tx) => run(tx, ...makeAgain, lift(own, 'leader', again)));
    const [{ lift_decision_id: stands }] = (await world.database
      .admin`select lift_decision_id from restriction where restriction_id = ${own}`) as [
      Record<string, string>,
    ];
    expect(stands).toBe(forOwn);

    const [byTwo, propose] = decision('LIFT_RESTRICTION', 'officer', {
      ...{ proposedBy: 'leader', restriction: courts, child: 'ours', person: 'father' },
    });
    await as('leader', (tx) => run(tx, ...propose));
    await as('officer', (tx) => run(tx, decide(byTwo, 'officer'), lift(courts, 'officer', byTwo)));
    await expect(
      world.database
        .admin`update restriction set lifted_at = null, lifted_by = null, lift_decision_id = null`,
    ).rejects.toThrow(/lifted once/);
    await expect(world.database.admin`delete from restriction`).rejects.toThrow(/never changed/);
  });

  test.each([
    ['a court’s order as the unit’s own', { kind: 'COURT_ORDER', authority: 'UNIT' }],
    ['a care order against one person', { kind: 'CARE_ORDER', authority: 'CHILD_WELFARE' }],
  ])('is not written down as %s', async (_what, more) => {
    await expect(as('leader', (tx) => run(tx, ban('leader', more)))).rejects.toMatchObject(refusal(/check/));
  });
});

describe('a proposal', () => {
  test('is decided once, by another human than who made it, and stays', async () => {
    isSpoilt = true;
    const [id, propose] = decision('CONFIRM_GRANT', 'officer', { proposedBy: 'leader' });
    await expect(asNobody(...propose)).rejects.toMatchObject(notPermitted);
    await as('leader', (tx) => run(tx, ...propose));
    await expect(as('leader', (tx) => run(tx, decide(id, 'leader')))).rejects.toMatchObject(
      refusal(/check|somebody else/),
    );
    await expect(as('leader', (tx) => run(tx, decide(id, 'officer')))).rejects.toMatchObject(notPermitted);
    await expect(asNobody(decide(id, 'officer'))).rejects.toMatchObject(notPermitted);
    // Two ids of one human are one.
    await asNobody(
      sql`update person set merged_into = ${world.id.leader} where person_id = ${world.id.otherLeader}`,
    );
    await expect(as('otherLeader', (tx) => run(tx, decide(id, 'otherLeader')))).rejects.toMatchObject(
      refusal(/somebody else/),
    );
    await as('officer', (tx) => run(tx, decide(id, 'officer')));
    const again = sql`update proposal set outcome = 'REJECTED' where proposal_id = ${id}`;
    await as('officer', (tx) => run(tx, again));
    expect(await world.database.admin`select outcome from proposal where proposal_id = ${id}`).toEqual([
      { outcome: 'APPLIED' },
    ]);
    await expect(world.database.admin`update proposal set payload = '{}'`).rejects.toThrow(/decided once/);
    await expect(world.database.admin`delete from proposal`).rejects.toThrow(/never changed/);
  });

  test('of what takes two is not made by one, and of what takes proof not without any', async () => {
    for (const kind of ['GRANT_ACCESS', 'ASSIGN_ROLE'])
      await expect(as('leader', (tx) => run(tx, ...decision(kind, 'leader')[1]))).rejects.toMatchObject(
        refusal(/check/),
      );
    const [, [, bare]] = decision('LIFT_RESTRICTION', 'leader');
    await expect(as('leader', (tx) => run(tx, bare!))).rejects.toMatchObject(refusal(/foreign key/));
  });

  test('runs out by the timer alone, which can decide nothing else of it', async () => {
    isSpoilt = true;
    const [id, propose] = decision('CONFIRM_GRANT', 'officer', { proposedBy: 'leader' });
    await as('leader', (tx) => run(tx, ...propose));
    await asNobody(
      sql`update proposal set outcome = 'EXPIRED', decided_at = now() where proposal_id = ${id}`,
    );
    await as('officer', (tx) => run(tx, decide(id, 'officer')));
    expect(await world.database.admin`select outcome from proposal where proposal_id = ${id}`).toEqual([
      { outcome: 'EXPIRED' },
    ]);
  });
});

describe('what staff let through (GUA-05, ADR-04)', () => {
  beforeEach(async () => {
    isSpoilt = true;
    await asNobody(
      sql`update access_grant set confirmed_for = '{}' where ${grantOf('hiddenFather', 'hidden')}`,
    );
  });
  const confirm = (hold: string, by: string | null) =>
    sql`update access_grant set confirmed_for = ${`{${hold}}`}::text[], confirmation_id = ${by} where ${grantOf('hiddenFather', 'hidden')}`;

  test.each(['GIVEN_TO_OTHERS', 'PROTECTION_FORTROLIG'])('for %s rests on a decision', async (hold) => {
    isSpoilt = true;
    await asNobody(
      sql`update access_grant set confirmed_for = '{}' where ${grantOf('hiddenFather', 'hidden')}`,
    );
    await expect(asNobody(confirm(hold, null))).rejects.toMatchObject(refusal(/no decision/));
    const [id, make] = decision('CONFIRM_GRANT', 'officer');
    await as('officer', (tx) => run(tx, ...make, confirm(hold, id)));
    // It is spent by the transaction that made it.
    await asNobody(
      sql`update access_grant set confirmed_for = '{}' where ${grantOf('hiddenFather', 'hidden')}`,
    );
    await expect(as('officer', (tx) => run(tx, confirm(hold, id)))).rejects.toMatchObject(
      refusal(/no decision/),
    );
  });

  test.each([
    'PROTECTION_STRENGT_FORTROLIG',
    'D_NUMBER',
    'FALSE_IDENTITY',
    'NOT_IN_REGISTER',
    'BIRTH_DATE_MISSING',
    'SPLIT',
  ])('for %s rests on a decision of two', async (hold) => {
    const [one, makeOne] = decision('CONFIRM_GRANT', 'officer');
    await expect(as('officer', (tx) => run(tx, ...makeOne, confirm(hold, one)))).rejects.toMatchObject(
      refusal(/no decision/),
    );
    isSpoilt = true;
    const [two, propose] = decision('CONFIRM_GRANT', 'officer', { proposedBy: 'secondOfficer' });
    await as('secondOfficer', (tx) => run(tx, ...propose));
    await as('officer', (tx) => run(tx, decide(two, 'officer'), confirm(hold, two)));
  });

  test.each(['RESTRICTED', 'AWAITING_REGISTER', 'UNCLEAR'])('is never %s', async (hold) => {
    const [id, make] = decision('CONFIRM_GRANT', 'officer');
    await expect(as('officer', (tx) => run(tx, ...make, confirm(hold, id)))).rejects.toMatchObject(
      refusal(/check/),
    );
  });

  test('by document has a basis, an end and a decision of two, and is not prolonged without another', async () => {
    const document = (
      by: string | null,
      until: string | null = '2027-01-01',
      basis: string | null = 'DAILY_CARER',
    ) => sql`
      insert into access_grant (grant_id, child_id, person_id, ground, basis, state, holds, decided_until, ends_on, decision_id)
      values (${newId()}, ${world.id.hidden}, ${world.id.otherMother}, 'MANUAL', ${basis}, 'PENDING', '{}', ${until}, ${until}, ${by})`;
    const [id, propose] = decision('GRANT_ACCESS', 'officer', {
      proposedBy: 'leader',
      person: 'otherMother',
    });
    await as('leader', (tx) => run(tx, ...propose));
    for (const broken of [document(null), document(id)])
      await expect(asNobody(broken)).rejects.toMatchObject(refusal(/no decision|check/));
    for (const broken of [document(id, null), document(id, '2027-01-01', null)])
      await expect(as('officer', (tx) => run(tx, decide(id, 'officer'), broken))).rejects.toMatchObject(
        refusal(/check/),
      );
    await as('officer', (tx) => run(tx, decide(id, 'officer'), document(id)));
    const prolong = sql`update access_grant set decided_until = '2028-01-01' where ground = 'MANUAL'`;
    await expect(asNobody(prolong)).rejects.toMatchObject(refusal(/no decision/));
    await asNobody(
      sql`update access_grant set decided_until = '2026-12-01', ends_on = '2026-12-01' where ground = 'MANUAL'`,
    );
  });
});

describe('protection that has concerned a child (ADR-13)', () => {
  const lower = sql.raw(`update person set held_protection = 'NONE' where held_protection <> 'NONE'`);

  test('goes up by itself and down by a decision alone, by two where it is strict', async () => {
    const [one, makeOne] = decision('RELEASE_PROTECTION', 'officer', { child: 'hidden', person: 'hidden' });
    const to = (level: string) =>
      sql`update person set held_protection = ${level} where person_id = ${world.id.hidden}`;
    await expect(asNobody(lower)).rejects.toMatchObject(refusal(/no decision/));
    await expect(as('officer', (tx) => run(tx, to('FORTROLIG')))).rejects.toMatchObject(
      refusal(/no decision/),
    );
    await expect(as('officer', (tx) => run(tx, ...makeOne, to('NONE')))).rejects.toMatchObject(
      refusal(/no decision/),
    );
    expect(one).not.toBe('');
    isSpoilt = true;
    const [two, propose] = decision('RELEASE_PROTECTION', 'officer', {
      ...{ proposedBy: 'secondOfficer', child: 'hidden', person: 'hidden' },
    });
    await as('secondOfficer', (tx) => run(tx, ...propose));
    await as('officer', (tx) => run(tx, decide(two, 'officer'), to('FORTROLIG')));
    const [, makeAgain] = decision('RELEASE_PROTECTION', 'officer', { child: 'hidden', person: 'hidden' });
    await as('officer', (tx) => run(tx, ...makeAgain, to('NONE')));
    await asNobody(to('STRENGT_FORTROLIG'));
  });
});

describe('roles', () => {
  const role = (
    source: string,
    name: string,
    decided: string | null = null,
    until: string | null = '2027-01-01',
  ) => sql`
    insert into municipal_role (role_id, person_id, role, from_day, to_day, source, decision_id)
    values (${newId()}, ${world.id.teacher}, ${name}, '2026-11-01', ${until}, ${source}, ${decided})`;

  test.each(['CASE_WORKER', 'PROTECTION_OFFICER', 'ARCHIVIST', 'SUPPORT'])(
    'of %s are nothing that the operator gives',
    async (name) => {
      await expect(asNobody(role('operator', name))).rejects.toMatchObject(refusal(/check/));
    },
  );

  test('rest on a decision of two, end by themselves, and are not prolonged', async () => {
    await expect(asNobody(role('decision', 'CASE_WORKER', newId()))).rejects.toMatchObject(
      refusal(/row-level security|no decision/),
    );
    await expect(
      as('administrator', (tx) => run(tx, role('decision', 'CASE_WORKER', newId()))),
    ).rejects.toMatchObject(refusal(/no decision/));
    await expect(asNobody(role('operator', 'MUNICIPAL_ADMINISTRATOR', null, null))).rejects.toMatchObject(
      refusal(/check/),
    );
    const prolong = sql`update municipal_role set to_day = '2999-06-01' where role = 'CASE_WORKER'`;
    await expect(as('administrator', (tx) => run(tx, prolong))).rejects.toMatchObject(
      refusal(/ends by itself/),
    );
    const shorten = sql`update municipal_role set to_day = '2026-11-21' where role = 'CASE_WORKER'`;
    await expect(asNobody(shorten)).rejects.toMatchObject(refusal(/ends by itself/));
    await expect(asNobody(sql`delete from municipal_role`)).rejects.toMatchObject(notPermitted);
  });

  test('that a leader gives are in the leader’s name, with an end that no roster moves', async () => {
    isSpoilt = true;
    const local = (by: Name, until: string | null) => sql`
      insert into staff_role (role_id, person_id, role, unit_id, group_id, from_day, to_day, assigned_by)
      select ${newId()}, ${world.id.subject}, 'TEACHER', unit_id, group_id, '2026-11-21', ${until}, ${world.id[by]}
      from child_group where name = '3A'`;
    await expect(asNobody(local('leader', '2026-11-28'))).rejects.toMatchObject(notPermitted);
    await expect(as('teacher', (tx) => run(tx, local('leader', '2026-11-28')))).rejects.toMatchObject(
      notPermitted,
    );
    await expect(as('leader', (tx) => run(tx, local('leader', null)))).rejects.toMatchObject(
      refusal(/check/),
    );
    await as('leader', (tx) => run(tx, local('leader', '2026-11-28')));
    for (const until of [sql`null`, sql`'2027-01-01'`])
      await expect(
        asNobody(sql`update staff_role set to_day = ${until} where assigned_by is not null`),
      ).rejects.toMatchObject(refusal(/or sooner/));
    // A restore that finds it ended may end it (S-27).
    await asNobody(sql`update staff_role set to_day = '2026-11-22' where assigned_by is not null`);
  });
});
