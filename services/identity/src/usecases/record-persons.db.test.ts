import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Harness, harness, heldBy } from '../testing/harness.ts';
import { aDNumber, aNumber, aNumberOfTheOtherSeries } from '../testing/numbers.ts';
import { endByDay } from './end-by-day.ts';
import { guardiansFacts } from './tell-guardians.ts';

let h: Harness;
beforeAll(async () => (h = await harness()));
afterAll(() => h.close());

const born = { birthDate: '2018-06-21' };

/** A child with two parents of joint responsibility, all of them read. */
async function family() {
  const [number, mother, father] = [aNumber(), aNumber(), aNumber()];
  const childId = await h.child(number);
  await h.register({ number, ...born, responsibilities: heldBy('felles', mother, father) });
  await h.register({ number: mother }, { number: father });
  const [motherId, fatherId] = [(await h.personOf(mother))!, (await h.personOf(father))!];
  await h.told();
  return { childId, number, mother, father, motherId, fatherId };
}

describe('taking in what the register says', () => {
  test('opens a child to both holders once both have been read, and to nobody before (GUA-01, GUA-03, S-02)', async () => {
    const [number, mother, father] = [aNumber(), aNumber(), aNumber()];
    const childId = await h.child(number);
    await h.told();
    await h.register({ number, ...born, responsibilities: heldBy('felles', mother, father) });
    expect(await h.active(childId)).toEqual([]);
    const followed = await h.told();
    expect(followed.map(({ type, data }) => [type, data['reason']])).toEqual([
      ['identity.person.followed.v1', 'guardian'],
      ['identity.person.followed.v1', 'guardian'],
    ]);
    await h.register({ number: mother });
    expect(await h.active(childId)).toEqual([]);
    await h.register({ number: father });
    const ids = [(await h.personOf(mother))!, (await h.personOf(father))!].toSorted();
    expect(await h.active(childId)).toEqual(ids);
    expect(await h.openItems(childId)).toEqual([]);
    const [fact, ...rest] = await h.told();
    expect(rest).toEqual([]);
    expect(fact).toMatchObject({
      type: 'identity.guardians.changed.v1',
      subject: childId,
      data: { revision: 1, guardians: ids.map((personId) => ({ personId })) },
    });
  });

  test('ends the grant of whoever the child’s document does not name any more, and tells it (GUA-10)', async () => {
    const { childId, number, mother, motherId, fatherId } = await family();
    await h.register({ number, ...born, responsibilities: heldBy('mor', mother) });
    expect(await h.active(childId)).toEqual([motherId]);
    expect(await h.told()).toMatchObject([
      { type: 'identity.guardians.changed.v1', data: { revision: 2, guardians: [{ personId: motherId }] } },
      { type: 'identity.access.revoked.v1', data: { personId: fatherId, childId, hasOtherGrounds: false } },
    ]);
  });

  test('keeps the history of a grant, and makes a new one when it comes back (GUA-06, F9)', async () => {
    const { childId, number, mother, father, fatherId } = await family();
    await h.register({ number, ...born, responsibilities: heldBy('mor', mother) });
    await h.register({ number, ...born, responsibilities: heldBy('felles', mother, father) });
    const history = await h.database.admin`
      select g.grant_id, from_state, to_state, reason, actor, register_revision from grant_history h join access_grant g using (grant_id)
      where child_id = ${childId} and person_id = ${fatherId} order by id`;
    expect(history.map((row) => [row['from_state'], row['to_state'], row['reason']])).toEqual([
      [null, 'PENDING', 'AWAITING_REGISTER'],
      ['PENDING', 'ACTIVE', 'REGISTER_SAYS_SO'],
      ['ACTIVE', 'ENDED', 'NOT_RESPONSIBLE'],
      [null, 'ACTIVE', 'REGISTER_SAYS_SO'],
    ]);
    expect(new Set(history.map((row) => row['grant_id'])).size).toBe(2);
    expect(history.map((row) => row['register_revision'])).toEqual([1, 1, 2, 3]);
    await expect(h.database.admin`update grant_history set reason = 'x'`).rejects.toThrow(/never changed/);
  });

  test('an older reading never overwrites a newer one, and a repeated one does nothing (S-24)', async () => {
    const { childId, number, mother, father, motherId } = await family();
    const sole = { number, ...born, responsibilities: heldBy('mor', mother) };
    await h.registerAs(childId, sole, 7);
    await h.told();
    await h.registerAs(childId, { ...sole, responsibilities: heldBy('felles', mother, father) }, 6);
    await h.registerAs(childId, { ...sole, responsibilities: heldBy('felles', mother, father) }, 7);
    expect(await h.active(childId)).toEqual([motherId]);
    expect(await h.told()).toEqual([]);
  });

  test('drops what is told about somebody it does not follow (FREG-06)', async () => {
    const [number, stranger] = [aNumber(), aNumber()];
    await h.child(number);
    const before = await h.database.admin`select count(*) from person`;
    await h.registerAs('01890000-0000-7000-8000-000000000001', { number: stranger });
    expect(await h.database.admin`select count(*) from person`).toEqual(before);
    expect(await h.personOf(stranger)).toBeUndefined();
  });

  test.each([
    [
      'contradictory words (GUA-05)',
      'CONTRADICTORY',
      (m: string, f: string) => [...heldBy('mor', m), ...heldBy('felles', f)],
    ],
    [
      'two who hold it alone (GUA-05)',
      'CONTRADICTORY',
      (m: string, f: string) => [...heldBy('mor', m), ...heldBy('far', f)],
    ],
    ['`ukjent` (GUA-04)', 'RESPONSIBILITY_UNKNOWN', () => [{ value: 'ukjent' }]],
    ['a word nobody has heard of (GUA-04)', 'RESPONSIBILITY_UNHEARD_OF', (m: string) => heldBy('delt', m)],
    [
      'an organisation (GUA-17)',
      'ORGANISATION_RESPONSIBLE',
      () => [{ value: 'andre', responsible: { kind: 'organisation' as const, organisation: '310990020' } }],
    ],
    ['nobody', 'NO_RESPONSIBILITY', () => []],
    ['an entry without a name', 'NOBODY_NAMED', (m: string) => [...heldBy('felles', m), { value: 'felles' }]],
    ['a number of the other series', 'NUMBER_NOT_ACCEPTED', () => heldBy('mor', aNumberOfTheOtherSeries())],
  ])(
    'suspends both parents and asks staff, once, when the entries come to be %s',
    async (_name, kind, entries) => {
      const { childId, number, mother, father, motherId, fatherId } = await family();
      const responsibilities = entries(mother, father);
      await h.register({ number, ...born, responsibilities });
      await h.register({ number, ...born, responsibilities });
      expect(await h.active(childId)).toEqual([]);
      expect(await h.openItems(childId)).toEqual([kind]);
      expect((await h.told()).map(({ type }) => type)).toEqual([
        'identity.guardians.changed.v1',
        'identity.access.revoked.v1',
        'identity.access.revoked.v1',
      ]);
      await h.register({ number, ...born, responsibilities: heldBy('felles', mother, father) });
      expect(await h.active(childId)).toEqual([motherId, fatherId].toSorted());
      expect(await h.openItems(childId)).toEqual([]);
    },
  );

  test('lets the identified one of two joint holders in, and tells staff that a second exists (GUA-04)', async () => {
    const [number, mother] = [aNumber(), aNumber()];
    const childId = await h.child(number);
    await h.register({
      number,
      ...born,
      responsibilities: [...heldBy('felles', mother), { responsible: { kind: 'unidentified' } }],
    });
    await h.register({ number: mother });
    expect(await h.active(childId)).toEqual([await h.personOf(mother)]);
    expect(await h.openItems(childId)).toEqual(['SECOND_HOLDER_UNIDENTIFIED']);
  });

  test('holds a grandmother until staff confirm, and opens the child to nobody else (F4, GUA-04)', async () => {
    const { childId, number } = await family();
    const grandmother = aNumber();
    await h.register({ number, ...born, responsibilities: heldBy('andre', grandmother) });
    await h.register({ number: grandmother });
    const grandmotherId = (await h.personOf(grandmother))!;
    expect(await h.grants(childId)).toEqual({ [grandmotherId]: 'PENDING GIVEN_TO_OTHERS' });
    expect(await h.openItems(childId)).toEqual(['GIVEN_TO_OTHERS']);
    expect(await h.active(childId)).toEqual([]);
  });

  test('holds everybody when a child or one of its holders is protected, also after the fact, and re-opens nothing by itself (F6, ADR-04, ADR-13)', async () => {
    const { childId, mother, motherId, fatherId } = await family();
    await h.register({ number: mother, protection: 'STRENGT_FORTROLIG' });
    expect(await h.grants(childId)).toEqual({
      [motherId]: 'SUSPENDED PROTECTION_STRENGT_FORTROLIG',
      [fatherId]: 'SUSPENDED PROTECTION_STRENGT_FORTROLIG',
    });
    expect(await h.openItems(childId)).toEqual(['PROTECTION']);
    expect((await h.told()).map(({ type }) => type)).toContain('identity.access.revoked.v1');
    await h.register({ number: mother, protection: 'NONE' });
    expect(await h.active(childId)).toEqual([]);
    expect(await h.openItems(childId)).toEqual(['PROTECTION']);
  });

  test('ends the grant of a holder who has died and puts nobody in their place (GUA-11)', async () => {
    const { childId, father, motherId, fatherId } = await family();
    await h.register({ number: father, isDead: true, deathDate: '2026-11-20', status: 'doed' });
    expect(await h.active(childId)).toEqual([motherId]);
    const [last] = await h.database.admin`
      select reason from grant_history join access_grant using (grant_id) where person_id = ${fatherId} order by id desc limit 1`;
    expect(last).toEqual({ reason: 'DIED' });
  });

  test('holds a child with a D-number until it has a national number (GUA-05)', async () => {
    const [former, number, mother] = [aDNumber(), aNumber(), aNumber()];
    const childId = await h.child(former);
    await h.register({
      number: former,
      ...born,
      numbers: [{ number: former, isInUse: true, kind: 'D_NUMBER' }],
      responsibilities: heldBy('mor', mother),
    });
    await h.register({ number: mother });
    expect(await h.active(childId)).toEqual([]);
    expect(await h.openItems(childId)).toEqual(['D_NUMBER']);
    await h.told();
    await h.registerAs(childId, {
      number,
      ...born,
      numbers: [
        { number, isInUse: true, kind: 'NATIONAL' },
        { number: former, isInUse: false, kind: 'D_NUMBER' },
      ],
      responsibilities: heldBy('mor', mother),
    });
    expect(await h.active(childId)).toEqual([await h.personOf(mother)]);
    expect(await h.openItems(childId)).toEqual([]);
    // The registry is asked to follow the new number (FREG-08).
    expect((await h.told()).map(({ type, subject }) => [type, subject])).toContainEqual([
      'identity.person.followed.v1',
      childId,
    ]);
    expect(await h.personOf(former)).toBe(childId);
  });

  test('joins two ids whose numbers are one human’s, whichever was read first, and gives one grant (F10, GUA-26, FREG-09)', async () => {
    for (const readFirst of ['former', 'current'] as const) {
      const [number, mother, father, former] = [aNumber(), aNumber(), aNumber(), aDNumber()];
      const childId = await h.child(number);
      await h.register({
        number,
        ...born,
        responsibilities: [...heldBy('felles', mother, father, mother, father), ...heldBy('felles', former)],
      });
      const [motherId, fatherId, ghostId] = [
        (await h.personOf(mother))!,
        (await h.personOf(father))!,
        (await h.personOf(former))!,
      ];
      expect(ghostId).not.toBe(fatherId);
      const both = {
        number: father,
        numbers: [
          { number: father, isInUse: true, kind: 'NATIONAL' as const },
          { number: former, isInUse: false, kind: 'D_NUMBER' as const },
        ],
      };
      await h.told();
      await h.register({ number: mother });
      await h.registerAs(readFirst === 'former' ? ghostId : fatherId, both);
      const survivor = [fatherId, ghostId].toSorted()[0]!;
      expect(await h.active(childId)).toEqual([motherId, survivor].toSorted());
      expect(await h.openItems(childId)).toEqual([]);
      expect(await h.personOf(former)).toBe(survivor);
      expect(await h.personOf(father)).toBe(survivor);
      const told = await h.told();
      expect(told.map(({ type }) => type)).toContain('identity.person.unfollowed.v1');
      // A reading that was on its way for the id that is gone changes nothing.
      await h.registerAs(survivor === fatherId ? ghostId : fatherId, both, 9);
      expect(await h.active(childId)).toEqual([motherId, survivor].toSorted());
    }
  });

  test('ends access on the eighteenth birthday and tells the copies (GUA-14)', async () => {
    const [number, mother] = [aNumber(), aNumber()];
    const childId = await h.child(number);
    await h.register({ number, birthDate: '2009-02-01', responsibilities: heldBy('mor', mother) });
    await h.register({ number: mother });
    expect(await h.active(childId)).toHaveLength(1);
    // By then every copy knows the day, and waits for no word at midnight.
    expect((await h.told()).findLast(({ type }) => type === 'identity.guardians.changed.v1')).toMatchObject({
      data: { childId, guardians: [{ endsOn: '2027-02-01' }] },
    });
    expect(await h.deps.db.asService((tx) => guardiansFacts({ ...h.deps, db: tx }, [childId]))).toMatchObject(
      [{ data: { guardians: [{ endsOn: '2027-02-01' }] } }],
    );
    h.setNow('2027-01-31T22:59:59Z');
    expect(await endByDay(h.deps)).toBe(0);
    h.setNow('2027-01-31T23:00:00Z');
    expect(await endByDay(h.deps)).toBe(1);
    expect(await h.active(childId)).toEqual([]);
    expect(await h.told()).toMatchObject([
      { type: 'identity.guardians.changed.v1', data: { guardians: [] } },
      { type: 'identity.access.revoked.v1' },
    ]);
    h.setNow('2026-11-21T08:00:00Z');
  });
});
