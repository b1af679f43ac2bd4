import { newId } from '@ranselpost/kit/ids';
import { guardian } from '@ranselpost/kit/testing/actors';
import { addMonths } from '@ranselpost/kit/pure/dates';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applicants, people, places } from '../../test/families.ts';
import { type OfferTown, openOfferTown } from '../../test/offer-town.ts';
import { applied, grantedTo, withPrices } from '../../test/reduced-payments.ts';
import { today } from '../../test/world.ts';
import { answerOffer } from './answer-offer.ts';
import type { Deps } from './deps.ts';
import { erasePerson } from './erase-person.ts';
import { forgetNextApplications } from './forget-applications.ts';
import { makeOffer } from './make-offer.ts';
import { readCashBenefitList } from './read-cash-benefit-list.ts';
import { readInvoiceBasis } from './read-invoice-basis.ts';

let town: OfferTown;
let deps: Deps;
beforeAll(async () => {
  town = await openOfferTown(false);
  deps = withPrices(town.world.deps);
});
afterAll(() => town.world.close());

const month = today.slice(0, 7);
const fileOf = async (actor = people.caseWorker, more: object = {}) => {
  const basis = await readInvoiceBasis(deps, actor, { care: 'kindergarten', month, ...more });
  return basis.ok ? basis.value.csv.split('\r\n').slice(1, -1) : basis.refusal.kind;
};

describe('the basis of bills (P18)', () => {
  test('goes by the hours that were offered, which there is a price for (PAY-01); nobody bills for their own child (GUA-24)', async () => {
    const offer = (weeklyHours: number) =>
      makeOffer(deps, people.secondCaseWorker, {
        ...{ applicationId: town.apps.ofOwn, poolId: town.poolId, reason: 'part-time', weeklyHours },
        idempotencyKey: newId(),
      });
    expect(await offer(31)).toMatchObject({ ok: false, refusal: { kind: 'PRICE_HOURS_WRONG' } });
    const made = await offer(30);
    if (!made.ok) throw new Error(made.refusal.kind);
    const { ok } = await answerOffer(deps, guardian(people.caseWorker.personId), {
      ...{ say: 'accept', offerId: made.value, idempotencyKey: newId() },
    });
    expect(ok).toBe(true);
    const [place] = await town.world.database.admin<{ id: string }[]>`
      select id from place where child_id = ${town.own} and weekly_hours = 30`;
    await town.world.database.admin`update place set from_day = ${today} where id = ${place!.id}`;
    const ofOwn = expect.stringMatching(new RegExp(`^${town.own},.*,30,900,0,900,340$`));
    expect(await fileOf(people.secondCaseWorker)).toContainEqual(ofOwn);
    expect(await fileOf()).not.toContainEqual(ofOwn);
  });

  test('has who has a place in the month, by its hours, and what was granted to the household (PAY-01, PAY-02)', async () => {
    const { solhaug } = places;
    const line = (hours: number, price: string) =>
      `${applicants.bo},${solhaug},${month},kindergarten,${hours},${price},340`;
    expect(await fileOf()).toEqual([line(45, '1200,0,1200')]);
    await town.world.database.admin`update place set weekly_hours = 30 where id = ${town.placeId}`;
    expect(await fileOf()).toEqual([line(30, '900,0,900')]);
    await town.world.database.admin`update place set weekly_hours = 31 where id = ${town.placeId}`;
    expect(await fileOf()).toBe('PRICE_HOURS_WRONG');
    await town.world.database.admin`update place set weekly_hours = null where id = ${town.placeId}`;

    const id = await applied(deps, people.otherGuardian, {
      ...{ childId: applicants.bo, income: { kind: 'stated', yearlyIncome: 110_000 } },
    });
    await grantedTo(deps, id, { countedIncome: 110_000 });
    expect(await fileOf()).toEqual([line(45, '1200,0,1200')]);
    // As if it had been applied for a month ago: it holds from the first full month after (PAY-08).
    await town.world.database.admin`
      update reduced_payment set first_month = ${month}, applied_on = ${addMonths(`${month}-01`, -1)} where id = ${id}`;
    expect(await fileOf()).toEqual([line(45, '1200,600,600')]);
  });

  test('bills a child that moves once, where it was last, and nobody whose place is over (BHG-13, PAY-02)', async () => {
    const { admin } = town.world.database;
    const [first, other] = [`${month}-01`, newId()];
    await admin`update place set from_day = ${addMonths(first, -2)} where id = ${town.placeId}`;
    await admin.begin(async (tx) => {
      await tx`delete from seat_hold where place_id = ${town.placeId}`;
      await tx`update place set to_day = ${first}, released_at = now() where id = ${town.placeId}`;
    });
    expect(await fileOf()).toEqual([]);
    await admin`
      insert into place (id, child_id, care, pool_id, unit_id, seat_number, from_day, to_day, source, made_at, released_at)
      select ${other}, child_id, care, pool_id, unit_id, seat_number, to_day, to_day + 1, 'OVERRIDE', now(), now()
      from place where id = ${town.placeId}`;
    expect(await fileOf()).toHaveLength(1);
  });

  test('is refused for a month without prices, or that has not begun (PAY-09)', async () => {
    expect(await fileOf(people.caseWorker, { month: addMonths(`${month}-01`, 1).slice(0, 7) })).toBe(
      'MONTH_WRONG',
    );
    expect(await fileOf(people.caseWorker, { month: '2026-13' })).toBe('MONTH_WRONG');
    expect(await fileOf(people.caseWorker, { month: '2019-12' })).toBe('PRICE_LIST_MISSING');
  });

  test('is a line of the access log for each child in it (S-11, ADR-04)', async () => {
    const { admin } = town.world.database;
    const lines = () => admin<{ role: string; child_id: string }[]>`
      select distinct read->>'role' as role, read->>'childId' as child_id
      from outbox, jsonb_array_elements(data->'reads') as read
      where type = 'placement.child.read.v1' and (read->>'rule' = 'PAY-01' and data->>'readerId' = ${people.caseWorker.personId} or read->>'role' = 'PROTECTION_OFFICER') order by 1`;
    await fileOf(people.officer);
    expect(await lines()).toEqual([
      { role: 'CASE_WORKER', child_id: applicants.bo },
      { role: 'PROTECTION_OFFICER', child_id: town.hidden },
    ]);
  });

  describe('and the list for cash benefit (BHG-24)', () => {
    const ageOne = addMonths(`${month}-01`, -14);
    const listFor = async (actor = people.caseWorker, of = month) => {
      const list = await readCashBenefitList(deps, actor, of);
      return list.ok ? list.value.csv.split('\r\n').slice(1, -1) : list.refusal.kind;
    };
    const line = `${applicants.bo},${places.solhaug},${month},`;

    test('has who is between one and three, by each place as it stands', async () => {
      const { admin } = town.world.database;
      await admin`update benefit_line set born_on = ${addMonths(ageOne, -36)}`;
      expect(await listFor()).toEqual([]);
      await admin`update benefit_line set born_on = ${ageOne}`;
      expect(await listFor()).toEqual([
        expect.stringMatching(new RegExp(`^${line}45,.*,CHANGE$`)),
        expect.stringMatching(new RegExp(`^${line}45,.*,STOP$`)),
      ]);
      expect(await listFor(people.caseWorker, '2026-13')).toBe('MONTH_WRONG');
    });

    test('keeps it from whoever meets the child in no list: the protected from case workers, nobody’s own (ADR-04, GUA-24)', async () => {
      const has = (list: string | readonly string[], child: string) =>
        Array.isArray(list) && list.some((one: string) => one.startsWith(child));
      expect(has(await listFor(people.secondCaseWorker), town.own)).toBe(true);
      expect(has(await listFor(), town.own)).toBe(false);
      expect(has(await listFor(), town.hidden)).toBe(false);
      expect(has(await listFor(people.officer), town.hidden)).toBe(true);
    });

    test('stays when the child is erased, also with who may see it, until the month after it turns six (RET-06, RET-01)', async () => {
      const { admin } = town.world.database;
      const before = [await listFor(), await listFor(people.officer)];
      await town.world.deps.db.asService(async (tx) => {
        await erasePerson(tx, applicants.bo);
        await erasePerson(tx, town.hidden);
      });
      const left = await admin`select from place where child_id in (${applicants.bo}, ${town.hidden})`;
      expect(left).toHaveLength(0);
      expect([await listFor(), await listFor(people.officer)]).toEqual(before);

      const kept = () => admin`select distinct child_id from benefit_line where child_id = ${applicants.bo}`;
      await admin`update benefit_line set born_on = ${addMonths(`${month}-01`, -72)} where child_id = ${applicants.bo}`;
      await forgetNextApplications(deps);
      expect(await kept()).toHaveLength(1);
      await admin`update benefit_line set born_on = born_on - 1 where child_id = ${applicants.bo}`;
      await forgetNextApplications(deps);
      expect(await kept()).toHaveLength(0);
    });
  });

  test('is for nobody while the municipality hides admission at some unit (S-26)', async () => {
    await town.world.identity.features(places.fjordbakken, [
      { feature: 'PLACEMENT', state: 'SUSPENDED', isReadable: false },
    ]);
    await town.world.settled();
    await expect(fileOf()).rejects.toMatchObject({ code: 'FEATURE_CLOSED' });
  });
});
