import type { Address, Person, Responsibility } from '../population/index.ts';
import { municipalityNumber } from '../population/units.ts';
import { osloMidnight } from '../population/oslo.ts';

/** One entry of an element, with the metadata that every entry may carry. */
export interface Entry {
  erGjeldende: boolean;
  ajourholdstidspunkt?: string;
  kilde?: string;
  aarsak?: string;
  gyldighetstidspunkt?: string;
  opphoerstidspunkt?: string;
  [field: string]: unknown;
}

/** Arrays of entries, and a few elements that are a single object. */
export interface PersonDocument {
  [element: string]: Entry[] | Entry | undefined;
}

export const listOf = (document: PersonDocument, element: string): Entry[] => {
  const value = document[element];
  if (Array.isArray(value)) return value;
  const fresh: Entry[] = [];
  document[element] = fresh;
  return fresh;
};

const metadata = (from: string, aarsak = 'Grunnbefolkning'): Entry => ({
  erGjeldende: true,
  ajourholdstidspunkt: from,
  kilde: 'Synutopia',
  aarsak,
  gyldighetstidspunkt: from,
});

export function streetAddress(address: Address, level: string, from: string): Entry {
  return {
    ...metadata(from, 'Flytting'),
    adresseIdentifikatorFraMatrikkelen: `${address.streetCode}${address.house}`,
    adressegradering: level,
    vegadresse: {
      kommunenummer: address.municipality ?? municipalityNumber,
      bruksenhetsnummer: address.unit,
      bruksenhetstype: 'bolig',
      adressenavn: address.street,
      adressenummer: {
        husnummer: String(address.house),
        ...(address.letter === null ? {} : { husbokstav: address.letter }),
      },
      adressekode: address.streetCode,
      poststed: { poststedsnavn: address.place, postnummer: address.postcode },
    },
    flyttedato: from.slice(0, 10),
    grunnkrets: address.schoolDistrict * 10 + 1,
    stemmekrets: address.schoolDistrict % 20,
    skolekrets: address.schoolDistrict,
    kirkekrets: 1 + (address.schoolDistrict % 7),
  };
}

/** The only address that is told of somebody who lives at a strictly protected one. */
export function openPostalAddress(from: string): Entry {
  return {
    ...metadata(from, 'Adressebeskyttelse'),
    adressegradering: 'ugradert',
    postboksadresse: {
      postboks: 'POSTBOKS 1004 POLITIET',
      poststed: { poststedsnavn: 'TINGVIKA', postnummer: '9990' },
    },
  };
}

export function responsibilityEntry(entry: Responsibility): Entry {
  const { child, holder, unidentified } = entry;
  return {
    erGjeldende: entry.current,
    ajourholdstidspunkt: entry.recorded,
    kilde: entry.source,
    aarsak: entry.reason,
    gyldighetstidspunkt: entry.from,
    ...(entry.until === null ? {} : { opphoerstidspunkt: entry.until }),
    ansvar: entry.ansvar,
    ansvarssubjekt: child.number,
    ...(holder === null ? {} : { ansvarlig: entry.holderNumber ?? holder.number }),
    ...(entry.organisation === null ? {} : { ansvarligOrganisasjon: entry.organisation }),
    ...(unidentified === null
      ? {}
      : {
          ansvarligUtenIdentifikator: {
            navn: { fornavn: unidentified.given, etternavn: unidentified.family },
            ...(unidentified.born === null ? {} : { foedselsdato: unidentified.born }),
            statsborgerskap: [unidentified.citizenship],
          },
        }),
  };
}

function nameEntries(person: Person): Entry[] {
  const born = osloMidnight(person.born);
  const now: Entry = { ...metadata(born, 'Navnevalg'), fornavn: person.given, etternavn: person.family };
  const tookName = person.civil === 'gift' && person.sex === 'kvinne' && person.index % 3 === 0;
  if (!tookName) return [now];
  const since = '2015-06-20T00:00:00+02:00';
  return [
    { ...now, gyldighetstidspunkt: since, ajourholdstidspunkt: since },
    {
      ...metadata(born, 'Historisk'),
      erGjeldende: false,
      opphoerstidspunkt: since,
      fornavn: person.given,
      etternavn: 'PIKENAVN',
    },
  ];
}

/** How each element of a person is told, as long as nothing has happened since the municipality was made up. */
const elements: Readonly<Record<string, (person: Person) => Entry[] | Entry | undefined>> = {
  identifikasjonsnummer: (person) =>
    person.identifiers.map((identifier) => ({
      ...metadata(osloMidnight(identifier.from), 'Fødsel'),
      erGjeldende: identifier.status === 'iBruk',
      status: identifier.status,
      foedselsEllerDNummer: identifier.number,
      identifikatortype: identifier.kind,
    })),
  identitetsgrunnlag: (person) => [
    {
      ...metadata(osloMidnight(person.born)),
      identitetsgrunnlagstatus: person.status === 'midlertidig' ? 'ikkeKontrollert' : 'kontrollert',
    },
  ],
  status: (person) => [{ ...metadata(osloMidnight(person.died ?? person.born)), status: person.status }],
  doedsfall: (person) =>
    person.died === null
      ? undefined
      : { ...metadata(osloMidnight(person.died), 'Dødsfall'), doedsdato: person.died },
  sivilstand: (person) =>
    person.kind === 'child' ? [] : [{ ...metadata(osloMidnight(person.born)), sivilstand: person.civil }],
  foedsel: (person) => [
    {
      ...metadata(osloMidnight(person.born), 'Fødsel'),
      foedselsdato: person.born,
      foedselsaar: person.born.slice(0, 4),
      ...(person.status === 'midlertidig'
        ? { foedeland: 'XUK' }
        : { foedekommuneINorge: municipalityNumber, foedeland: 'NOR' }),
    },
  ],
  statsborgerskap: (person) => [
    {
      ...metadata(osloMidnight(person.born)),
      statsborgerskap: person.status === 'midlertidig' ? 'XUK' : 'NOR',
    },
  ],
  kjoenn: (person) => [{ ...metadata(osloMidnight(person.born), 'Fødsel'), kjoenn: person.sex }],
  navn: nameEntries,
  adressebeskyttelse: (person) =>
    person.protection === 'ugradert'
      ? []
      : [
          {
            ...metadata('2025-01-15T00:00:00+01:00', 'Adressebeskyttelse'),
            graderingsnivaa: person.protection,
          },
        ],
  bostedsadresse: (person) =>
    person.protection === 'strengtFortrolig'
      ? []
      : [streetAddress(person.address, person.protection, '2020-08-01T00:00:00+02:00')],
  postadresse: (person) =>
    person.protection === 'strengtFortrolig' ? [openPostalAddress('2025-01-15T00:00:00+01:00')] : [],
  familierelasjon: (person) =>
    person.relations.map((relation) => ({
      ...metadata(osloMidnight(relation.theirRole === 'barn' ? relation.to.born : person.born), 'Fødsel'),
      relatertPerson: relation.to.number,
      relatertPersonsRolle: relation.theirRole,
      minRolleForPerson: relation.myRole,
    })),
  foreldreansvar: (person) => person.responsibilities.map(responsibilityEntry),
  vergemaalEllerFremtidsfullmakt: (person) =>
    person.representatives.map((one) => ({
      ...metadata(osloMidnight(one.from), 'Vergemål'),
      vergemaaltype: one.kind,
      embete: 'statsforvalterenIVestland',
      verge: { foedselsEllerDNummer: one.verge.number, tjenesteomraade: [] },
    })),
};

/** The elements that `wanted` lets through, or all of them. Only these are made: most callers want a few. */
export function baseDocument(person: Person, wanted?: ReadonlySet<string>): PersonDocument {
  const document: PersonDocument = {};
  for (const [element, make] of Object.entries(elements)) {
    if (wanted === undefined || wanted.has(element)) document[element] = make(person);
  }
  return document;
}
