import { guardian, staff } from '@ranselpost/kit/testing/actors';
import { newId } from '@ranselpost/kit/ids';
import { eventually } from '@ranselpost/kit/testing/eventually';
import { guardiansChangedV1 } from '@ranselpost/schema/events/identity/guardians-changed.v1';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Told, heldBy } from '../testing/harness.ts';
import { type LiveWorld, openLiveWorld } from '../testing/live.ts';
import { aNumber } from '../testing/numbers.ts';
import { type TestPlace, type TestRoster, rosterFile } from '../testing/roster.ts';
import { type TestService, startService } from '../testing/service.ts';
import { asked, familiarRoster, made } from '../testing/world.ts';
import { endByDay } from './end-by-day.ts';
import { importRoster } from './import-roster.ts';
import { imposeRestriction } from './impose-restriction.ts';
import { signInGuardian } from './sign-in.ts';

let w: LiveWorld;
let service: TestService;
beforeAll(async () => {
  w = await openLiveWorld();
  service = await startService(w.deps);
});
afterAll(async () => {
  await service.close();
  await w.close();
});

const [anna, mother, father, fathersNew] = [aNumber(), aNumber(), aNumber(), aNumber()];
const names = { given: 'ANNA', middle: null, family: 'SYKKELPUMPE' };

/** The class of one school year. The roster names the father as its contact person: to nobody here is that a ground. */
function rosterOf(year: '2026' | '2027'): TestRoster {
  const familiar = familiarRoster(w.number);
  const [group, from] = [year === '2026' ? '3A' : '4A', `${year}-08-01`];
  const moved = (place: TestPlace): TestPlace =>
    year === '2027' && ['3A', '3A-1'].includes(place.target) && place.role === '01'
      ? { ...place, target: '4A', from }
      : place;
  return {
    ...familiar,
    writtenAt: `${year}-11-21T08:00:01`,
    persons: [...familiar.persons, { key: 'anna', number: anna, contact: father }],
    groups: [...familiar.groups, { key: '4A', kind: 'basis', parent: 'school' }],
    places: [
      ...familiar.places
        .map(moved)
        .filter(({ target }, at, all) => target !== '4A' || all[at - 1]?.target !== '4A'),
      ...['school', group].map((target) => ({ person: 'anna', target, role: '01', from })),
    ],
  };
}
const importYear = async (year: '2026' | '2027') => {
  const imported = await importRoster(w.deps, rosterFile(rosterOf(year)), { mayEndMuch: true });
  expect(imported.ok).toBe(true);
};

/** The child's own document. Whoever holds nothing is in it as a parent, at the same address and of the same name. */
const annasDocument = (value: string, ...holders: readonly string[]): Told => ({
  ...{ number: anna, birthDate: '2018-06-21', name: names },
  responsibilities: heldBy(value, ...holders),
  otherParents: holders.includes(father) ? [] : [{ number: father, role: 'far' }],
});

test('the story of Bergen, played again: whoever has no right, and whoever is banned, sees nothing and is written nothing, whatever the registers do (GUA-01, GUA-02, GUA-12, FREG-09, FREG-14, ADR-04, S-03, S-27)', async () => {
  await importYear('2026');
  const childId = (await w.personOf(anna))!;
  await w.registryTells(annasDocument('mor', mother));
  const motherId = await eventually(
    async () => (await w.personOf(mother)) ?? Promise.reject(new Error('not met')),
  );
  await w.registryTells({ number: mother, name: { ...names, given: 'BRED' } });
  await w.shows(motherId, childId);

  // The backup is of an evening when nobody here had heard of him.
  await w.database.keep();

  // He lives with them, is a parent by the register and the roster, and signs in.
  const signedIn = await signInGuardian(w.deps, father);
  const fatherId = signedIn.ok ? signedIn.value.personId : '';
  const ids = [fatherId];
  w.watch(fatherId, motherId);

  /** What holds at every station of the story. */
  const holds = async (station: string) => {
    const at = (what: unknown) => [station, what];
    expect(at(await w.active(childId))).toEqual(at([motherId]));
    await w.shows(motherId, childId);
    for (const id of ids) {
      await w.shows(id);
      const query = 'query ($id: ID!) { child(id: $id) { id } viewer { children { id } } }';
      const seen = await service.ask(guardian(id), query, { id: childId });
      expect(at(seen)).toEqual(at(await service.ask(guardian(id), query, { id: newId() })));
      expect(at(seen.data.viewer.children)).toEqual(at([]));
    }
  };
  await holds('no responsibility');

  // The ban is typed in, of somebody whom no entry has ever named.
  await made(
    imposeRestriction(
      w.deps,
      staff(w.id.leader),
      {
        ...{ childId, personId: null, number: father, kind: 'CONTACT_BAN', authority: 'POLICE' },
        ...{ parentsKeepView: false, reviewOn: '2027-05-01', note: 'Oppringning fra politiet' },
      },
      asked(null),
    ),
  );
  const ban = async () =>
    await w.database.admin`
      select restriction_id, child_id, person_id, kind, authority, closes_access, review_on, imposed_by, lifted_at
      from restriction where child_id = ${childId}`;
  const banned = await ban();
  expect(banned).toMatchObject([{ person_id: fatherId, kind: 'CONTACT_BAN', lifted_at: null }]);
  await holds('the ban is typed in');

  // The nightly sync says joint, then it says so again, then it is put right, and wrong once more.
  for (const word of ['felles', 'felles', 'mor', 'felles'] as const) {
    await w.registryTells(annasDocument(word, ...(word === 'mor' ? [mother] : [mother, father])));
    await w.registryTells({ number: mother }, { number: father });
    await eventually(async () =>
      expect((await w.grants(childId))[fatherId]).toBe(word === 'mor' ? undefined : 'PENDING RESTRICTED'),
    );
    await holds(`nightly sync: ${word}`);
  }

  // The year rolls over, and the day to look at the ban again goes by: it does not end by itself.
  w.setNow('2027-11-21T08:00:00Z');
  await importYear('2027');
  await endByDay(w.deps);
  await w.registryTells(annasDocument('felles', mother, father));
  await eventually(async () => expect(await w.openItems(childId)).toEqual(['RESTRICTION_REVIEW']));
  await holds('year roll-over');

  // Two ids turn out to be one man: the register names him by a number that nobody here knows.
  await w.registryTells(annasDocument('felles', mother, fathersNew));
  ids.push(
    await eventually(async () => (await w.personOf(fathersNew)) ?? Promise.reject(new Error('not met'))),
  );
  await holds('a new number, not read');
  const inUse = (number: string, isInUse = true) => ({ number, isInUse, kind: 'NATIONAL' as const });
  await w.registryTells({ number: fathersNew, numbers: [inUse(fathersNew), inUse(father, false)] });
  await eventually(async () => expect(await w.personOf(fathersNew)).toBe(fatherId));
  await w.registryTells(annasDocument('felles', mother, fathersNew));
  await eventually(async () => expect((await w.grants(childId))[fatherId]).toBe('PENDING RESTRICTED'));
  await holds('merge');

  // They turn out to be two after all. Both stay out: nobody can say whom the ban was about.
  await w.registryTells({ number: fathersNew, numbers: [inUse(fathersNew)] });
  const otherId = await eventually(async () => {
    const id = await w.personOf(father);
    expect(id).not.toBe(fatherId);
    return id!;
  });
  ids.push(otherId);
  await w.registryTells(annasDocument('felles', mother, father), { number: father });
  await eventually(async () => expect((await w.grants(childId))[otherId]).toContain('SPLIT'));
  await holds('split');
  expect(await ban()).toEqual(expect.arrayContaining([...banned]));

  // The database is put back to before all of this: he is unknown, and banned. Registers and rosters are taken in again.
  await w.stop();
  await w.database.putBack();
  await w.start();
  await eventually(async () => expect(await w.isWhole()).toBe(true), 30_000);
  await holds('restore');
  await importYear('2027');
  await w.registryTells(annasDocument('felles', mother, father));
  await w.registryTells({ number: mother }, { number: father });
  await eventually(async () => expect((await w.grants(childId))[fatherId]).toBe('PENDING RESTRICTED'));
  await holds('after the restore');
  expect(await ban()).toEqual(banned);

  // Mother and child go into hiding: from then on nobody is written to by itself, she as little as he (ADR-04, S-08).
  await w.registryTells({ number: mother, protection: 'FORTROLIG' });
  await eventually(async () => expect(await w.active(childId)).toEqual([]));
  await w.shows(motherId);

  // Never in between: whoever asked the copy was shown nothing, and no service was ever told to write to him.
  expect(w.wereShown(motherId)).toContain(childId);
  for (const id of ids) expect(w.wereShown(id)).toEqual([]);
  const told = (await w.heard()).filter(
    ({ type, subject }) => type === guardiansChangedV1.type && subject === childId,
  );
  const recipients = new Set(
    told.flatMap(({ data }) => guardiansChangedV1.data.parse(data).guardians.map(({ personId }) => personId)),
  );
  expect([...recipients]).toEqual([motherId]);
  expect(told.at(-1)!.data).toMatchObject({ guardians: [] });
}, 120_000);
