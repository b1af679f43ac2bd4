import type { PersonRecord } from '@ranselpost/schema/events/registry/person-record';
import { personRecordSchema } from '@ranselpost/schema/events/registry/person-record';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toPersonRecord } from './to-person-record.ts';

const child = '21861864070';
const mother = '14838641262';
const father = '02918431791';
const identifier = {
  erGjeldende: true,
  status: 'iBruk',
  foedselsEllerDNummer: child,
  identifikatortype: 'foedselsnummer',
};
const recordOf = (document: object): PersonRecord => {
  const reading = toPersonRecord({ identifikasjonsnummer: [identifier], ...document });
  if (reading.kind !== 'record') throw new Error(`cannot read ${reading.element}`);
  return reading.record;
};
const responsibility = (ansvar: string, ansvarlig: string, more: object = {}) => ({
  ...{ erGjeldende: true, kilde: 'folkeregistermyndigheten', aarsak: 'Foreldreansvar' },
  ...{ gyldighetstidspunkt: '2026-08-28T00:00:00+02:00', ansvar, ansvarssubjekt: child, ansvarlig },
  ...more,
});

describe('translating a person document', () => {
  test('takes the current entry of a child with a history, and nothing of what has ended (GUA-04)', () => {
    const ended = { erGjeldende: false, opphoerstidspunkt: '2026-08-28T00:00:00+02:00' };
    const record = recordOf({
      foreldreansvar: [
        responsibility('mor', mother),
        responsibility('felles', mother, ended),
        responsibility('felles', father, ended),
        responsibility('mor', mother, { ...ended, aarsak: 'Fødsel' }),
      ],
      familierelasjon: [
        { erGjeldende: true, relatertPerson: father, relatertPersonsRolle: 'far', minRolleForPerson: 'barn' },
      ],
    });
    expect(record.responsibilities).toEqual([
      {
        value: 'mor',
        childNumber: child,
        responsible: { kind: 'person', number: mother },
        since: '2026-08-27T22:00:00.000Z',
      },
    ]);
    const { otherParents: _parents, ...rest } = record;
    expect(JSON.stringify(rest)).not.toContain(father);
  });

  test('names a parent without responsibility for staff who are asked by § 47, and nobody else’s (GUA-02, GUA-07)', () => {
    const relation = (relatertPerson: unknown, relatertPersonsRolle: string, more: object = {}) => ({
      ...{ erGjeldende: true, relatertPerson, relatertPersonsRolle, minRolleForPerson: 'barn' },
      ...more,
    });
    const familierelasjon = [
      relation(mother, 'mor'),
      relation(father, 'far'),
      relation(father, 'far'),
      relation('01818012345', 'far', { erGjeldende: false }),
      relation('01818012346', 'ektefelleEllerPartner'),
      relation('01818012347', 'barn', { minRolleForPerson: 'far' }),
      relation(undefined, 'far'),
    ];
    const parentsBy = (...foreldreansvar: object[]) =>
      recordOf({ foreldreansvar, familierelasjon }).otherParents;
    expect(parentsBy(responsibility('mor', mother))).toEqual([{ number: father, role: 'far' }]);
    expect(parentsBy(responsibility('felles', mother), responsibility('felles', father))).toBeUndefined();
    // Of somebody for whom nobody is responsible, a grown person for one, nothing is told.
    expect(parentsBy()).toBeUndefined();
    expect(parentsBy(responsibility('mor', mother, { ansvarssubjekt: father }))).toBeUndefined();
  });

  test.each([
    ['a shared residence (GUA-18)', 'deltBosted', { startdatoForKontrakt: '2025-01-01' }],
    ['a residence (ADR-15)', 'bostedsadresse', {}],
    ['a postal address (ADR-15)', 'postadresse', {}],
  ])('takes over nothing of %s: it gives nobody access, and none can be compared', (_what, element, more) => {
    const document = { foreldreansvar: [responsibility('mor', mother)] };
    const address = { vegadresse: { adressenavn: 'Paraplyveien', husnummer: '7' }, ...more };
    const lived = { ...document, [element]: [{ erGjeldende: true, ...address }] };
    expect(recordOf(lived)).toEqual(recordOf(document));
  });

  test('keeps both entries of joint responsibility, each once, in an order of its own (GUA-26)', () => {
    const [one, other] = [responsibility('felles', mother), responsibility('felles', father)];
    const record = recordOf({ foreldreansvar: [one, other, one] });
    expect(record.responsibilities).toHaveLength(2);
    expect(recordOf({ foreldreansvar: [other, one] })).toEqual(record);
  });

  test.each([
    ['a person', { ansvarlig: mother }, { kind: 'person', number: mother }],
    ['somebody without a number', { ansvarligUtenIdentifikator: { navn: {} } }, { kind: 'unidentified' }],
    [
      'an organisation (GUA-17)',
      { ansvarligOrganisasjon: '310990024' },
      { kind: 'organisation', organisation: '310990024' },
    ],
    ['nobody', {}, { kind: 'nobody' }],
    ['a number that is none', { ansvarlig: '1483864126' }, { kind: 'nobody' }],
    [
      'a person and an organisation at once',
      { ansvarlig: mother, ansvarligOrganisasjon: '310990024' },
      { kind: 'nobody' },
    ],
  ])('says who is responsible: %s', (_who, holder, responsible) => {
    const entry = { erGjeldende: true, ansvar: 'andre', ansvarssubjekt: child, ...holder };
    expect(recordOf({ foreldreansvar: [entry] }).responsibilities).toMatchObject([{ responsible }]);
  });

  test('keeps a word for responsibility that it does not know as it is written (GUA-04)', () => {
    expect(recordOf({ foreldreansvar: [responsibility('delt', mother)] }).responsibilities[0]?.value).toBe(
      'delt',
    );
    expect(
      recordOf({ foreldreansvar: [{ ...responsibility('mor', mother), ansvar: 7 }] }).responsibilities[0]
        ?.value,
    ).toBe('');
  });

  test.each([['true'], [1], [null], [undefined]])(
    'gives nobody anything for an entry whose erGjeldende is %s (GUA-04)',
    (erGjeldende) => {
      expect(
        recordOf({ foreldreansvar: [responsibility('mor', mother, { erGjeldende })] }).responsibilities,
      ).toEqual([]);
    },
  );

  test('does not take dates that run backwards for a reason to drop a current entry', () => {
    const entry = responsibility('mor', mother, { opphoerstidspunkt: '2020-01-01T00:00:00+01:00' });
    expect(recordOf({ foreldreansvar: [entry] }).responsibilities).toHaveLength(1);
  });

  test('lists every number, and calls in use only the current one in use (FREG-08)', () => {
    const old = {
      erGjeldende: false,
      status: 'opphoert',
      foedselsEllerDNummer: '45879031072',
      identifikatortype: 'dNummer',
    };
    expect(recordOf({ identifikasjonsnummer: [old, identifier] }).numbers).toEqual([
      { number: child, isInUse: true, kind: 'NATIONAL' },
      { number: '45879031072', isInUse: false, kind: 'D_NUMBER' },
    ]);
  });

  test('takes a number that is both in use and ended for ended (FREG-08)', () => {
    const ended = { ...identifier, erGjeldende: false, status: 'opphoert' };
    for (const identifikasjonsnummer of [
      [ended, identifier],
      [identifier, ended],
    ])
      expect(recordOf({ identifikasjonsnummer }).numbers).toMatchObject([{ isInUse: false }]);
  });

  test.each([
    [[], 'NONE'],
    ['ugradert', 'NONE'],
    ['klientadresse', 'CLIENT_ADDRESS'],
    ['fortrolig', 'FORTROLIG'],
    ['strengtFortrolig', 'STRENGT_FORTROLIG'],
    ['noeNytt', 'STRENGT_FORTROLIG'],
    [undefined, 'STRENGT_FORTROLIG'],
  ])(
    'reads protection %s as %s, and what it does not know as the strictest (ADR)',
    (graderingsnivaa, protection) => {
      const entries = Array.isArray(graderingsnivaa) ? [] : [{ erGjeldende: true, graderingsnivaa }];
      expect(recordOf({ adressebeskyttelse: entries }).protection).toBe(protection);
    },
  );

  test('lets protection that is not said to have ended hold, and the strictest of several', () => {
    const entries = [{ graderingsnivaa: 'fortrolig' }, { erGjeldende: true, graderingsnivaa: 'ugradert' }];
    expect(recordOf({ adressebeskyttelse: entries }).protection).toBe('FORTROLIG');
    expect(
      recordOf({ adressebeskyttelse: [{ erGjeldende: false, graderingsnivaa: 'fortrolig' }] }).protection,
    ).toBe('NONE');
  });

  test('knows the dead by the day, by the element without a day, and by the status alone (FREG-12)', () => {
    expect(recordOf({ doedsfall: { erGjeldende: true, doedsdato: '2026-05-04' } })).toMatchObject({
      isDead: true,
      deathDate: '2026-05-04',
    });
    expect(recordOf({ doedsfall: {} })).toMatchObject({ isDead: true, deathDate: null });
    expect(recordOf({ status: [{ erGjeldende: true, status: 'doed' }] })).toMatchObject({ isDead: true });
    expect(recordOf({ doedsfall: { erGjeldende: false, doedsdato: '2026-05-04' } })).toMatchObject({
      isDead: false,
    });
  });

  test('takes the newest of several current names, and no placeholder for one', () => {
    const name = (fornavn: string, ajourholdstidspunkt: string) => ({
      ...{ erGjeldende: true, fornavn, etternavn: 'PARAPLY', ajourholdstidspunkt },
    });
    const [older, newer] = [
      name('MILD', '2020-01-01T00:00:00+01:00'),
      name('LUN', '2024-01-01T00:00:00.123456789+01'),
    ];
    expect(recordOf({ navn: [older, newer] }).name).toEqual({
      given: 'LUN',
      middle: null,
      family: 'PARAPLY',
    });
    expect(recordOf({ navn: [{ ...newer, fornavn: ' - ' }] }).name).toBeNull();
    expect(recordOf({}).name).toBeNull();
  });

  test.each(['2018-02-30', '2018', 'i fjor', 7, null])('has no birth date for %s', (foedselsdato) => {
    expect(recordOf({ foedsel: [{ erGjeldende: true, foedselsdato }] }).birthDate).toBeNull();
  });

  test('reads a birth date, a status, a representation and a false identity', () => {
    expect(
      recordOf({
        foedsel: [{ erGjeldende: true, foedselsdato: '2018-06-21', foedselsaar: '2018' }],
        status: { erGjeldende: true, status: 'utflyttet' },
        vergemaalEllerFremtidsfullmakt: [
          { erGjeldende: true, vergemaaltype: 'mindreaarig' },
          { erGjeldende: false, vergemaaltype: 'voksen' },
        ],
        falskIdentitet: { erFalsk: true },
      }),
    ).toMatchObject({
      birthDate: '2018-06-21',
      status: 'utflyttet',
      representations: ['mindreaarig'],
      hasFalseIdentity: true,
    });
  });

  test.each([
    ['foreldreansvar', 'ingen'],
    ['foreldreansvar', ['felles']],
    ['adressebeskyttelse', 6],
    ['identifikasjonsnummer', []],
    ['identifikasjonsnummer', [{ foedselsEllerDNummer: 21861864070 }]],
  ])('calls a document unreadable, and not empty, when its %s is %j (S-26)', (element, value) => {
    expect(toPersonRecord({ identifikasjonsnummer: [identifier], [element]: value })).toEqual({
      kind: 'unreadable',
      element,
    });
  });
});

const garbage = fc.object({
  key: fc.constantFrom(
    ...['identifikasjonsnummer', 'foreldreansvar', 'navn', 'status', 'doedsfall', 'adressebeskyttelse'],
    ...[
      'erGjeldende',
      'ansvar',
      'ansvarlig',
      'ansvarssubjekt',
      'foedselsEllerDNummer',
      'graderingsnivaa',
      'x',
    ],
  ),
  values: [fc.constantFrom(true, false, 'felles', mother, child, 'iBruk'), fc.anything()],
  maxDepth: 4,
});

describe('translating garbage', () => {
  test('never throws, and never makes a record that breaks the contract (FREG-03)', () => {
    fc.assert(
      fc.property(fc.oneof(garbage, fc.anything()), (document) => {
        const reading = toPersonRecord(document);
        if (reading.kind === 'record') personRecordSchema.parse(reading.record);
      }),
      { numRuns: 2_000 },
    );
  });

  test('never names anybody responsible whom no current entry names (GUA-01, GUA-04)', () => {
    const entry = fc.record(
      {
        erGjeldende: fc.oneof(fc.constant(true), fc.anything()),
        ansvar: fc.oneof(fc.constant('felles'), fc.anything()),
        ansvarlig: fc.oneof(fc.constantFrom(mother, father), fc.anything()),
        ansvarssubjekt: fc.oneof(fc.constant(child), fc.anything()),
        ansvarligOrganisasjon: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.array(entry), entry, garbage), (foreldreansvar) => {
        const reading = toPersonRecord({ identifikasjonsnummer: [identifier], foreldreansvar });
        if (reading.kind !== 'record') return;
        const entries = (Array.isArray(foreldreansvar) ? foreldreansvar : [foreldreansvar]) as Record<
          string,
          unknown
        >[];
        for (const { responsible } of reading.record.responsibilities)
          if (responsible.kind === 'person')
            expect(
              entries.some((one) => one['erGjeldende'] === true && one['ansvarlig'] === responsible.number),
            ).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
