import { municipality, municipalityNumber } from '../population/index.ts';
import { company, department, parentOf, type UnitAddress, type UnitFacts } from './facts.ts';

const municipalityOf = { Kommunenummer: municipalityNumber, Navn: 'Tingvika' };

/** A row of `/enheter` in the registers of schools (NSR) and kindergartens (NBR). */
export const toRow = (unit: UnitFacts) => ({
  Organisasjonsnummer: unit.organisationNumber,
  Navn: unit.name,
  Kommunenummer: municipalityNumber,
  ErAktiv: unit.isActive,
  ...(unit.kind === 'school' ? { ErSkole: true } : { ErBarnehage: true }),
  DatoEndret: unit.changedAt,
});

const toAddress = ({ street, postcode, place }: UnitAddress) => ({
  Adresse: street,
  Postnr: postcode,
  Poststed: place,
});

/** `/enhet/{orgnr}`: what is missing is null or an empty text, as it happens. */
export const toDetail = (unit: UnitFacts) => ({
  Organisasjonsnummer: unit.organisationNumber,
  Navn: unit.name,
  FulltNavn: unit.name,
  Fylke: { Fylkesnummer: municipalityNumber.slice(0, 2), Navn: 'Oppdiktet' },
  Kommune: municipalityOf,
  Beliggenhetsadresse: toAddress(unit.visiting),
  Koordinat: { Lengdegrad: 0, Breddegrad: 0, GeoKilde: 'Undefined' },
  Internettadresse: unit.website ?? '',
  Epost: unit.email,
  Telefon: unit.phone ?? '',
  Maalform: { Navn: 'Bokmål' },
  ErAktiv: unit.isActive,
  DatoEndret: unit.changedAt,
  Naeringskoder: [{ Prioritet: 1, Kode: unit.kind === 'school' ? '85.201' : '88.911' }],
  ...(unit.kind === 'school'
    ? {
        ErSkole: true,
        ErGrunnskole: true,
        ErVideregaaendeSkole: false,
        ErSpesialskole: false,
        ErPrivatskole: unit.isPrivate,
        ErOffentligSkole: !unit.isPrivate,
        Elevtall: 300,
        AnsatteFra: 20,
        AnsatteTil: 49,
      }
    : {
        ErBarnehage: true,
        ErPrivatBarnehage: unit.isPrivate,
        ErOffentligBarnehage: !unit.isPrivate,
        ErEkskludert: false,
        ErInaktivIBasil: !unit.isActive,
        AlderstrinnFra: 0,
        AlderstrinnTil: 5,
        AntallBarn: 60,
        Barnehagekategorier: [{ Navn: 'Ordinær barnehage' }],
      }),
});

const toBrreg = ({ street, postcode, place }: UnitAddress) => ({
  land: 'Norge',
  landkode: 'NO',
  postnummer: postcode,
  poststed: place,
  adresse: [street],
  kommune: 'TINGVIKA',
  kommunenummer: municipalityNumber,
});

/** `/underenheter/{orgnr}` of the register of units (Enhetsregisteret). */
export const toSubUnit = (unit: UnitFacts) => ({
  organisasjonsnummer: unit.organisationNumber,
  navn: unit.name.toUpperCase(),
  organisasjonsform: { kode: 'BEDR', beskrivelse: 'Underenhet til næringsdrivende og offentlig forvaltning' },
  postadresse: toBrreg(unit.postal),
  beliggenhetsadresse: toBrreg(unit.visiting),
  overordnetEnhet: parentOf(unit),
  oppstartsdato: unit.openedOn,
  ...(unit.isActive ? {} : { nedleggelsesdato: unit.changedAt.slice(0, 10) }),
});

const organisations = [
  {
    organisasjonsnummer: municipality.organisationNumber,
    navn: municipality.name.toUpperCase(),
    organisasjonsform: { kode: 'KOMM', beskrivelse: 'Kommune' },
    hjemmeside: 'www.tingvika.example',
  },
  {
    organisasjonsnummer: department.organisationNumber,
    navn: department.name.toUpperCase(),
    organisasjonsform: { kode: 'ORGL', beskrivelse: 'Organisasjonsledd' },
    overordnetEnhet: municipality.organisationNumber,
  },
  {
    organisasjonsnummer: company.organisationNumber,
    navn: company.name.toUpperCase(),
    organisasjonsform: { kode: 'AS', beskrivelse: 'Aksjeselskap' },
  },
];

/** `/enheter/{orgnr}`: of organisations only those that own something here. */
export const toOrganisation = (organisationNumber: string) =>
  organisations.find(({ organisasjonsnummer }) => organisasjonsnummer === organisationNumber);
