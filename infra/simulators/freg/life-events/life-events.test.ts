import { idnr } from '@navikt/fnrvalidator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { goldenFamilies, goldenOddities } from '../../population/index.ts';
import { startFreg } from '../testing.ts';

let freg: Awaited<ReturnType<typeof startFreg>>;
beforeAll(async () => void (freg = await startFreg()));
afterAll(() => freg.stop());

const { F1, F2, F3, F5, F9, F13, F14 } = goldenFamilies;
const live = async (wish: object) => {
  const answer = await freg.control('/life-events', wish);
  expect(answer.json).not.toHaveProperty('error');
  return answer.json;
};
const person = async (number: string, part = 'part=foreldreansvar') =>
  (await freg.get(`/v1/personer/${number}?${part}`)).json;
const holders = async (number: string, part?: string) =>
  ((await person(number, part)).foreldreansvar ?? []).map((entry: any) => [entry.ansvar, entry.ansvarlig]);
const typesFrom = async (first: number) =>
  (await freg.get(`/v1/hendelser/feed?seq=${first}`)).json.map((item: any) => [
    item.hendelse.hendelsetype,
    item.hendelse.folkeregisteridentifikator,
  ]);

describe('parental responsibility', () => {
  test('becomes the mother’s alone: an event for the child and for each adult, and history keeps the rest (GUA-04)', async () => {
    const { first, at } = await live({ kind: 'sole-responsibility', child: 'F1.older', holder: 'F1.mother' });
    expect(Math.abs(at - Date.now())).toBeLessThan(2000);
    expect(await typesFrom(first)).toEqual(
      [F1.older, F1.mother, F1.father].map((one) => ['endringIForeldreansvar', one.number]),
    );
    expect(await holders(F1.older.number)).toEqual([['mor', F1.mother.number]]);
    const all = (await person(F1.older.number, 'part=foreldreansvar&part=historikk')).foreldreansvar;
    expect(all.map((entry: any) => [entry.ansvar, entry.erGjeldende, 'opphoerstidspunkt' in entry])).toEqual([
      ['mor', true, false],
      ['felles', false, true],
      ['felles', false, true],
    ]);
    const father = (await person(F1.father.number)).foreldreansvar;
    expect(father.map((entry: any) => entry.ansvarssubjekt)).toEqual([F1.younger.number]);
  });

  test('keeps the document as it was after each event', async () => {
    const first = await live({ kind: 'person-updated', person: 'F12.child' });
    await live({ kind: 'sole-responsibility', child: 'F12.child', holder: 'F12.father' });
    await live({ kind: 'sole-responsibility', child: 'F12.child', holder: 'F12.mother' });
    const page = (await freg.get(`/v1/hendelser/feed?seq=${first.last}`)).json;
    const then = async (item: any) => {
      const path = `/v1/personer/arkiv/${item.hendelse.persondokument}?part=foreldreansvar`;
      return (await freg.get(path)).json.foreldreansvar.map((entry: any) => entry.ansvar);
    };
    expect([await then(page[0]), await then(page[1]), await then(page[4])]).toEqual([
      ['felles', 'felles'],
      ['far'],
      ['mor'],
    ]);
    const document = (await freg.get(`/v1/hendelser/${page[1].hendelse.hendelsesdokument}`)).json;
    expect(document.hendelse.egenskapshendelse).toContainEqual(
      expect.objectContaining({
        entitet: 'foreldreansvar',
        entitetsendring: 'registrereNy',
        foreldreansvar: expect.objectContaining({ ansvar: 'far' }),
      }),
    );
  });

  test('F9 goes from sole to joint and back by an annulment that leaves no trace (FREG-05)', async () => {
    await live({ kind: 'joint-responsibility', child: 'F9.child', holders: ['F9.mother', 'F9.father'] });
    expect((await holders(F9.child.number)).map(([ansvar]: string[]) => ansvar)).toEqual([
      'felles',
      'felles',
    ]);
    const { first } = await live({ kind: 'annul-responsibility', child: 'F9.child' });
    expect(await holders(F9.child.number)).toEqual([['mor', F9.mother.number]]);
    expect(await holders(F9.child.number, 'part=foreldreansvar&part=historikk')).toHaveLength(1);
    expect(await holders(F9.father.number, 'part=foreldreansvar&part=historikk')).toEqual([]);
    expect((await typesFrom(first)).map(([, number]: string[]) => number)).toContain(F9.father.number);
  });

  test('can be given to another, to an organisation, to nobody known, or contradict itself (GUA-05, GUA-17)', async () => {
    await live({ kind: 'responsible-other', child: 'F2.child', holder: 'F4.grandmother' });
    expect(await holders(F2.child.number)).toEqual([['andre', goldenFamilies.F4.grandmother.number]]);
    await live({ kind: 'responsible-organisation', child: 'F2.child' });
    expect((await person(F2.child.number)).foreldreansvar[0].ansvarligOrganisasjon).toMatch(/^\d{9}$/);
    await live({ kind: 'responsible-unknown', child: 'F2.child' });
    expect(await holders(F2.child.number)).toEqual([['ukjent', undefined]]);
    await live({ kind: 'sole-responsibility', child: 'F2.child', holder: 'F2.mother' });
    await live({ kind: 'contradictory-responsibility', child: 'F2.child', holder: 'F2.father' });
    expect(await holders(F2.child.number)).toEqual([
      ['far', F2.father.number],
      ['mor', F2.mother.number],
    ]);
  });
});

describe('a death', () => {
  test('ends joint responsibility, gives the survivor an entry, and is undone by its annulment (GUA-11)', async () => {
    const { first } = await live({ kind: 'death', person: 'F3.father', from: '2026-11-01' });
    const types = await typesFrom(first);
    expect(types[0]).toEqual(['personErDoed', F3.father.number]);
    expect(types).toContainEqual(['endringIForeldreansvar', F3.shared.number]);
    const dead = await person(F3.father.number, 'part=person-basis');
    expect(dead.doedsfall.doedsdato).toBe('2026-11-01');
    expect(dead.status.map((entry: any) => entry.status)).toEqual(['doed']);
    expect(await holders(F3.shared.number)).toEqual([['mor', F3.mother.number]]);

    const annulled = await live({ kind: 'death-annulled', person: 'F3.father' });
    expect((await typesFrom(annulled.first))[0]).toEqual(['personErReaktivert', F3.father.number]);
    const alive = await person(F3.father.number, 'part=person-basis');
    expect([alive.doedsfall, alive.status[0].status]).toEqual([undefined, 'bosatt']);
    expect((await holders(F3.shared.number)).map(([ansvar]: string[]) => ansvar)).toEqual([
      'felles',
      'felles',
    ]);
  });

  test('can come before the register has decided who holds what', async () => {
    const { sequenceNumbers } = await live({ kind: 'death', person: 'F13.father', responsibility: 'later' });
    expect(sequenceNumbers).toHaveLength(1);
    expect((await holders(F13.pupil.number)).map(([ansvar]: string[]) => ansvar)).toEqual([
      'felles',
      'felles',
    ]);
  });
});

describe('other facts', () => {
  test('raises and lifts address protection, with the addresses (ADR-12, ADR-13)', async () => {
    const { first } = await live({ kind: 'protection', person: 'F14.mother', level: 'strengtFortrolig' });
    expect((await typesFrom(first))[0]).toEqual(['endringIAdressebeskyttelse', F14.mother.number]);
    const hidden = await person(
      F14.mother.number,
      'part=adressebeskyttelse&part=bostedsadresse&part=postadresse',
    );
    expect([
      hidden.adressebeskyttelse[0].graderingsnivaa,
      hidden.bostedsadresse,
      hidden.postadresse.length,
    ]).toEqual(['strengtFortrolig', undefined, 1]);
    await live({ kind: 'protection', person: 'F14.mother', level: 'ugradert' });
    const open = await person(
      F14.mother.number,
      'part=adressebeskyttelse&part=bostedsadresse&part=postadresse',
    );
    expect([
      open.adressebeskyttelse[0].graderingsnivaa,
      open.bostedsadresse.length,
      open.postadresse,
    ]).toEqual(['ugradert', 1, undefined]);
  });

  test('changes a name, appoints a verge, and moves somebody abroad (GUA-16, FREG-12)', async () => {
    await live({ kind: 'name', person: 'F14.father', family: 'SMØRBLOMST' });
    expect((await person(F14.father.number, 'part=navn')).navn).toEqual([
      expect.objectContaining({ etternavn: 'SMØRBLOMST' }),
    ]);
    await live({ kind: 'verge', person: 'F14.schoolTwin', verge: 'odd.dNumber.verge' });
    const [verge] = (await person(F14.schoolTwin.number, 'part=vergemaalEllerFremtidsfullmakt'))
      .vergemaalEllerFremtidsfullmakt;
    expect([verge.vergemaaltype, verge.verge.foedselsEllerDNummer]).toEqual([
      'mindreaarig',
      goldenOddities.dNumber.verge.number,
    ]);
    const { first } = await live({ kind: 'emigration', person: 'F14.father', country: 'DNK' });
    expect((await typesFrom(first))[0]?.[0]).toBe('personErUtflyttet');
    expect((await person(F14.father.number, 'part=status')).status[0].status).toBe('utflyttet');
  });

  test('gives a new number: an event on the old, then one on the new; the old leads to the person (FREG-08)', async () => {
    const former = goldenOddities.dNumber.child.number;
    const { first } = await live({ kind: 'number-change', person: 'odd.dNumber.child' });
    const [[change, on], [settled, number]] = (await typesFrom(first)) as [
      [string, string],
      [string, string],
    ];
    expect([change, on, settled]).toEqual(['endringIIdentifikasjonsnummer', former, 'personErBosatt']);
    expect(idnr(number)).toMatchObject({ status: 'valid', type: 'tnr' });
    expect((await person(former)).identifikasjonsnummer).toEqual(
      (await person(number)).identifikasjonsnummer,
    );
  });

  test('writes a guardian’s new number on the children', async () => {
    const { people } = await live({ kind: 'number-change', person: 'F5.mother' });
    const history = await holders(F5.child.number, 'part=foreldreansvar&part=historikk');
    expect(history).toContainEqual(['mor', people[1]]);
  });

  test('merges two people into one and takes them apart again (FREG-09)', async () => {
    const survivor = F3.mothersPartner.number;
    const duplicate = F3.fathersPartner.number;
    const { first } = await live({
      kind: 'merge',
      person: 'F3.mothersPartner',
      duplicate: 'F3.fathersPartner',
    });
    const page = (await freg.get(`/v1/hendelser/feed?seq=${first}`)).json;
    expect(page.map((item: any) => item.hendelse.hendelsetype)).toEqual([
      'personErOpphoertSomDublett',
      'personErViderefoertSomGjeldendeVedSammenslaaing',
    ]);
    expect(page[0].hendelse).not.toHaveProperty('persondokument');
    expect((await person(duplicate)).identifikasjonsnummer[0].foedselsEllerDNummer).toBe(survivor);
    await live({ kind: 'split', person: 'F3.mothersPartner', duplicate });
    expect((await person(duplicate)).identifikasjonsnummer).toHaveLength(1);
    expect((await holders(duplicate)).length).toBe(2);
  });

  test('lets a child be born with the mother alone responsible, then joint', async () => {
    const { people } = await live({ kind: 'birth', mother: 'F2.mother' });
    const child = people[0] as string;
    expect(idnr(child)).toMatchObject({ status: 'valid', type: 'tnr' });
    expect(await holders(child)).toEqual([['mor', F2.mother.number]]);
    await live({ kind: 'joint-responsibility', child, holders: ['F2.mother', 'F2.father'] });
    expect((await holders(child)).length).toBe(2);
    expect((await person(F2.mother.number, 'part=familierelasjon')).familierelasjon).toContainEqual(
      expect.objectContaining({ relatertPerson: child, relatertPersonsRolle: 'barn' }),
    );
  });

  test('refuses what cannot be, and changes nothing', async () => {
    const before = (await freg.ask('/control/state')).json.last;
    for (const wish of [
      { kind: 'sole-responsibility', child: 'F99.child', holder: 'F1.mother' },
      { kind: 'joint-responsibility', child: 'F1.older', holders: ['F1.mother'] },
      { kind: 'merge', person: 'F1.mother', duplicate: 'F1.mother' },
      { kind: 'death-annulled', person: 'F1.mother' },
      { kind: 'nonsense' },
      { kind: 'death', person: 'F1.mother', from: 'yesterday' },
    ]) {
      expect((await freg.control('/life-events', wish)).status).toBe(400);
    }
    expect((await freg.ask('/control/state')).json.last).toBe(before);
  });
});
