import { newId } from '@ranselpost/kit/ids';
import { addDays } from '@ranselpost/kit/pure/dates';
import { staff as signedIn } from '@ranselpost/kit/testing/actors';
import fc from 'fast-check';
import { deepStrictEqual, strictEqual } from 'node:assert';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Told } from '../testing/harness.ts';
import { NaiveGuardianship } from '../testing/naive-guardianship.ts';
import { aDNumber, aNumber } from '../testing/numbers.ts';
import { type World, asked, openWorld } from '../testing/world.ts';
import { confirmGrant } from './confirm-grant.ts';
import { approveProposal } from './decide-proposal.ts';
import { endByDay } from './end-by-day.ts';
import { imposeRestriction } from './impose-restriction.ts';
import { liftRestriction } from './lift-restriction.ts';
import { releaseProtection } from './release-protection.ts';

let world: World;
beforeAll(async () => (world = await openWorld()));
afterAll(() => world.close());

const firstDay = '2026-11-21';
const adults = ['anne', 'bo', 'cato'] as const;
type Adult = (typeof adults)[number];
const levels = ['NONE', 'CLIENT_ADDRESS', 'FORTROLIG', 'STRENGT_FORTROLIG'] as const;
type Level = 0 | 1 | 2 | 3;

interface ChildDocument {
  readonly entries: readonly { readonly word: string; readonly who: Adult }[];
  readonly bornOn: string | null;
  readonly level: Level;
  readonly isKnown: boolean;
}

interface AdultDocument {
  readonly level: Level;
  readonly isDead: boolean;
  readonly isKnown: boolean;
}

const entries = fc.array(
  fc.record({
    word: fc.constantFrom('felles', 'felles', 'felles', 'mor', 'far', 'andre', 'ukjent', 'ny'),
    who: fc.constantFrom(...adults),
  }),
  { maxLength: 3 },
);
/** Most families are of one word: without that, nearly everything would be in doubt. */
const coherent = fc.record({
  word: fc.constantFrom('felles', 'felles', 'mor', 'andre'),
  who: fc.subarray([...adults], { minLength: 1, maxLength: 2 }),
});
const childDocument: fc.Arbitrary<ChildDocument> = fc.record({
  entries: fc.oneof(
    { weight: 4, arbitrary: coherent.map(({ word, who }) => who.map((one) => ({ word, who: one }))) },
    { weight: 1, arbitrary: entries },
  ),
  bornOn: fc.constantFrom('2018-06-21', '2018-06-21', '2009-01-10', null),
  level: fc.constantFrom<Level>(0, 0, 0, 1, 2, 3),
  isKnown: fc.constantFrom(true, true, true, true, false),
});
const adultDocument: fc.Arbitrary<AdultDocument> = fc.record({
  level: fc.constantFrom<Level>(0, 0, 0, 0, 2, 3),
  isDead: fc.constantFrom(false, false, false, false, true),
  isKnown: fc.constantFrom(true, true, true, true, true, false),
});

/** A reading may arrive late, out of order and twice: `delay` says after how many steps, and what is older is nothing (S-24). */
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('child' as const), document: childDocument, delay: fc.nat(2) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('adult' as const),
      who: fc.constantFrom(...adults),
      document: adultDocument,
      delay: fc.nat(2),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('confirm' as const), who: fc.constantFrom(...adults) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('ban' as const), who: fc.constantFrom(...adults, null) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lift' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('release' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('days' as const), days: fc.constantFrom(1, 40, 60) }) },
);
type Of<Wanted> = Wanted extends fc.Arbitrary<infer Value> ? Value : never;
type Step = Of<typeof step>;

/** What nearly every family is like before anything happens to it. */
const plain = { level: 0, isKnown: true } as const;
const together = ['anne', 'bo'].map((who) => ({ word: 'felles', who: who as Adult }));
const ordinaryFamily: readonly Step[] = [
  { do: 'child', delay: 0, document: { ...plain, bornOn: '2018-06-21', entries: together } },
  ...together.map(({ who }): Step => ({ do: 'adult', who, delay: 0, document: { ...plain, isDead: false } })),
];

/** One child with three adults, of whom the register knows what it is told; the same history goes to both models. */
class History {
  readonly #model = new NaiveGuardianship();
  readonly #numbers: Readonly<Record<string, string>>;
  readonly #childId: string;
  readonly #dNumbers: readonly Adult[];
  readonly #revisions = new Map<string, number>();
  readonly #taken = new Map<string, number>();
  readonly #late: { readonly due: number; readonly deliver: () => Promise<void> }[] = [];
  #today = firstDay;
  #clock = 0;

  private constructor(
    childId: string,
    numbers: Readonly<Record<string, string>>,
    dNumbers: readonly Adult[],
  ) {
    this.#childId = childId;
    this.#numbers = numbers;
    this.#dNumbers = dNumbers;
  }

  static async begin(dNumbers: readonly Adult[]): Promise<History> {
    world.setNow(`${firstDay}T08:00:00Z`);
    const numbers = Object.fromEntries(
      ['child', ...adults].map((who) => [who, dNumbers.some((one) => one === who) ? aDNumber() : aNumber()]),
    );
    const childId = await world.child(numbers['child']);
    await world.database.admin`
      insert into enrolment (enrolment_id, child_id, unit_id, group_ids, from_day)
      values (${newId()}, ${childId}, ${world.unit['school']!}, '{}', '2020-08-01')`;
    return new History(childId, numbers, dNumbers);
  }

  /** Lets one thing happen, and answers who sees the child by the service and by the model. */
  async take(one: Step): Promise<{ readonly seen: readonly string[]; readonly wanted: readonly string[] }> {
    this.#clock += 1;
    switch (one.do) {
      case 'child':
        await this.#read('child', one.delay, one.document.isKnown ? one.document : null);
        break;
      case 'adult':
        await this.#read(one.who, one.delay, one.document.isKnown ? one.document : null);
        break;
      case 'confirm':
        await this.#confirm(one.who);
        break;
      case 'ban':
        await this.#ban(one.who);
        break;
      case 'lift':
        await this.#lift();
        break;
      case 'release':
        await this.#release();
        break;
      case 'days':
        // Those who decide hold their roles until the summer.
        if (this.#today < '2027-05-01') this.#today = addDays(this.#today, one.days);
        world.setNow(`${this.#today}T08:00:00Z`);
        this.#model.settle(this.#today);
        await endByDay(world.deps);
    }
    for (const one of this.#late.filter(({ due }) => due === this.#clock)) await one.deliver();
    return this.#look();
  }

  async #look(): Promise<{ seen: readonly string[]; wanted: readonly string[] }> {
    const ids = new Map<string, string>();
    for (const who of adults) {
      const id = await world.personOf(this.#numbers[who]!);
      if (id !== undefined) ids.set(id, who);
    }
    const seen = (await world.active(this.#childId)).map((id) => ids.get(id) ?? id).toSorted();
    return { seen, wanted: this.#model.settle(this.#today) };
  }

  async #read(who: string, delay: number, document: ChildDocument | AdultDocument | null): Promise<void> {
    const personId = who === 'child' ? this.#childId : await world.personOf(this.#numbers[who]!);
    // Nobody is read whom no child's entries have named.
    if (personId === undefined) return;
    const revision = (this.#revisions.get(who) ?? 0) + 1;
    this.#revisions.set(who, revision);
    const deliver = async (): Promise<void> => {
      await world.registerAs(personId, document === null ? null : this.#told(who, document), revision);
      if (revision <= (this.#taken.get(who) ?? 0)) return;
      this.#taken.set(who, revision);
      this.#tellModel(who, document);
      this.#model.settle(this.#today);
    };
    this.#late.push({ due: this.#clock + delay, deliver });
    // The bus may bring anything twice.
    if (delay === 2) this.#late.push({ due: this.#clock + delay + 1, deliver });
  }

  #told(who: string, document: ChildDocument | AdultDocument): Told {
    const common = { number: this.#numbers[who]!, protection: levels[document.level] };
    if ('isDead' in document) return { ...common, isDead: document.isDead };
    return {
      ...common,
      birthDate: document.bornOn,
      responsibilities: document.entries.map((entry) => ({
        value: entry.word,
        responsible: { kind: 'person', number: this.#numbers[entry.who]! },
      })),
    };
  }

  #tellModel(who: string, document: ChildDocument | AdultDocument | null): void {
    const isDNumber = this.#dNumbers.some((one) => one === who);
    const { child, adults: known } = this.#model;
    if (who === 'child')
      this.#model.child =
        document === null || 'isDead' in document
          ? { ...child, isRead: true, isInRegister: false }
          : { ...document, isDNumber, isRead: true, isInRegister: true };
    else if (document === null)
      known.set(who, {
        isDead: false,
        isDNumber,
        level: 0,
        ...known.get(who),
        isRead: true,
        isInRegister: false,
      });
    else if ('isDead' in document)
      known.set(who, { ...document, isDNumber, isRead: true, isInRegister: true });
  }

  async #confirm(who: Adult): Promise<void> {
    const personId = (await world.personOf(this.#numbers[who]!)) ?? newId();
    const [grant] = await world.database.admin<{ grant_id: string }[]>`
      select grant_id from access_grant
      where child_id = ${this.#childId} and person_id = ${personId} and state <> 'ENDED'`;
    const isDone =
      grant !== undefined &&
      (await byTwo((actor) => confirmGrant(world.deps, actor, grant.grant_id, asked('Papers seen'))));
    deepStrictEqual([who, isDone], [who, this.#model.canConfirm(who)]);
    if (isDone) this.#model.confirm(who, this.#today);
  }

  async #ban(who: Adult | null): Promise<void> {
    const personId = who === null ? null : ((await world.personOf(this.#numbers[who]!)) ?? newId());
    const isCareOrder = personId === null;
    const result = await imposeRestriction(
      world.deps,
      signedIn(world.id.leader),
      {
        ...{ childId: this.#childId, personId, note: null, parentsKeepView: false },
        kind: isCareOrder ? 'CARE_ORDER' : 'CONTACT_BAN',
        authority: isCareOrder ? 'CHILD_WELFARE' : 'UNIT',
        reviewOn: addDays(this.#today, 90),
      },
      asked(null),
    );
    if (result.ok) this.#model.bans.push({ who });
    else strictEqual(result.refusal.kind, 'person-unknown');
  }

  /** The one that was imposed last goes first. */
  async #lift(): Promise<void> {
    const [last] = await world.database.admin<{ restriction_id: string }[]>`
      select restriction_id from restriction where child_id = ${this.#childId} and lifted_at is null
      order by imposed_at desc, restriction_id desc limit 1`;
    if (last === undefined) return;
    strictEqual(
      await byTwo((actor) => liftRestriction(world.deps, actor, last.restriction_id, asked())),
      true,
    );
    this.#model.bans.pop();
    // What arrives later in the same step comes to a family without the ban.
    this.#model.settle(this.#today);
  }

  async #release(): Promise<void> {
    if (await byTwo((actor) => releaseProtection(world.deps, actor, this.#childId, asked())))
      this.#model.release();
  }
}

/** Whoever may proposes, and whoever may is second where that is needed. Answers whether it was done. */
async function byTwo(
  attempt: (
    actor: ReturnType<typeof signedIn>,
  ) => ReturnType<typeof confirmGrant | typeof liftRestriction | typeof releaseProtection>,
): Promise<boolean> {
  const { leader, officer, caseWorker, secondOfficer } = world.id;
  for (const proposer of [leader, officer]) {
    const proposal = await attempt(signedIn(proposer)).catch(notFound);
    if (proposal?.ok !== true) continue;
    if (proposal.value.outcome === 'APPLIED') return true;
    for (const approver of [caseWorker, secondOfficer, officer]) {
      const approved = await approveProposal(world.deps, signedIn(approver), proposal.value.proposalId).catch(
        notFound,
      );
      if (approved?.ok === true) return approved.value.outcome === 'APPLIED';
    }
    throw new Error('nobody could be the second');
  }
  return false;
}

const notFound = (error: unknown): undefined => {
  if ((error as { code?: unknown }).code !== 'NOT_FOUND') throw error;
};

describe('whatever happens to a family, in whatever order it is heard of', () => {
  test('whoever sees the child is who the rules, put as plainly as they can be, say (GUA-01, GUA-12, ADR-04, ADR-13, S-02, S-24)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.subarray([...adults], { maxLength: 1 }),
        fc.array(step, { minLength: 4, maxLength: 24 }),
        async (dNumbers, steps) => {
          const history = await History.begin(dNumbers);
          for (const one of [...ordinaryFamily, ...steps]) {
            const { seen, wanted } = await history.take(one);
            expect(seen).toEqual(wanted);
          }
        },
      ),
      { numRuns: Number(process.env['HISTORIES'] ?? 20) },
    );
  }, 600_000);
});
