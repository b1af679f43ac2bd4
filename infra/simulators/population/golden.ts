import { channel } from './contact.ts';
import type { Person } from './model.ts';
import { NumberBook, organisationNumber } from './numbers.ts';
import { osloMidnight } from './oslo.ts';
import { dice } from './random.ts';
import { address, Registrar } from './registrar.ts';

/** Numbers that belong to golden people: no other book may issue them. */
export const goldenNumbers = new Set<string>();
const book = new NumberBook(-1, goldenNumbers);
const registrar = new Registrar(book, 'g');
const throws = dice(20_261, 'golden');

const home = () => address(throws);
const adult = (
  given: string,
  family: string,
  born: string,
  sex: 'kvinne' | 'mann',
  more: Partial<Person> = {},
): Person => registrar.person('adult', throws, { given, family, born, sex, address: home(), ...more });
const child = (
  given: string,
  parent: Person,
  born: string,
  more: Partial<Person> & { remainder?: 1 | 2 | 3 } = {},
): Person =>
  registrar.person('child', throws, {
    given,
    family: parent.family,
    born,
    sex: given.length % 2 === 0 ? 'kvinne' : 'mann',
    address: parent.address,
    ...more,
  });
function parents(kid: Person, mother: Person, father: Person): void {
  registrar.parent(kid, mother, 'mor');
  registrar.parent(kid, father, 'far');
}
/** `organisasjon` in a person document is an organisation number: this is the invented child welfare service. */
export const childWelfareNumber = organisationNumber('31099002') ?? '';
const reachable = (name: string, mobile: string, more: object = {}): { contact: Person['contact'] } => ({
  contact: {
    status: 'AKTIV',
    reserved: false,
    email: channel(`${name}@example.test`, 200, 20),
    mobile: channel(mobile, 320),
    language: 'nb',
    mailbox: '984661185',
    ...more,
  },
});

/** F1, also the family of the demo: married, joint, one child at school and one in kindergarten. */
function f1() {
  const mother = adult('BRED', 'SYKKELPUMPE', '1986-03-14', 'kvinne', {
    number: book.reserve('14838641262'),
    civil: 'gift',
    ...reachable('mor.sykkelpumpe', '+4790000001'),
  });
  const father = adult('SINDIG', 'SYKKELPUMPE', '1984-11-02', 'mann', {
    number: book.reserve('02918431791'),
    civil: 'gift',
    address: mother.address,
    ...reachable('far.sykkelpumpe', '+4790000002', { language: 'nn' }),
  });
  const older = child('KULERUND', mother, '2018-06-21', { number: book.reserve('21861864070') });
  const younger = child('PRIKKETE', mother, '2021-02-09', { number: book.reserve('09822170266') });
  registrar.spouses(mother, father);
  for (const kid of [older, younger]) {
    parents(kid, mother, father);
    registrar.joint(kid, mother, father);
  }
  return { mother, father, older, younger };
}

/** F2: the mother alone; the father is known as a parent and holds nothing. */
function f2() {
  const mother = adult('LUN', 'KRUMKAKE', '1990-05-06', 'kvinne', reachable('mor.krumkake', '+4790000003'));
  const father = adult('SEIG', 'TERMOS', '1988-08-19', 'mann', reachable('far.termos', '+4790000004'));
  const kid = child('SPETTET', mother, '2017-09-12');
  parents(kid, mother, father);
  registrar.responsible(kid, 'mor', { holder: mother });
  return { mother, father, child: kid };
}

/** F3: joint, living apart, each with one more child by somebody else. */
function f3() {
  const mother = adult('KLAR', 'HENGEKØYE', '1987-01-30', 'kvinne');
  const father = adult('PRAKTISK', 'FRUKTFAT', '1985-04-04', 'mann');
  const mothersPartner = adult('ROLIG', 'TEKOPP', '1983-12-01', 'mann', { address: mother.address });
  const fathersPartner = adult('VEVER', 'POSTKASSE', '1991-10-10', 'kvinne', { address: father.address });
  const shared = child('HURTIG', mother, '2016-02-03');
  const mothersOther = child('RUTETE', mother, '2020-07-07');
  const fathersOther = child('SVAL', father, '2022-03-21');
  parents(shared, mother, father);
  parents(mothersOther, mother, mothersPartner);
  parents(fathersOther, fathersPartner, father);
  registrar.jointAfterPaternity(shared, mother, father);
  registrar.jointAfterPaternity(mothersOther, mother, mothersPartner);
  registrar.jointAfterPaternity(fathersOther, fathersPartner, father);
  return { mother, father, mothersPartner, fathersPartner, shared, mothersOther, fathersOther };
}

/** F4: given to the grandmother; the parents are known and hold nothing any more. */
function f4() {
  const grandmother = adult(
    'KLOK',
    'TIMEGLASS',
    '1961-06-17',
    'kvinne',
    reachable('mormor.timeglass', '+4790000005'),
  );
  const mother = adult('DAFF', 'TIMEGLASS', '1989-02-11', 'kvinne');
  const father = adult('BLEK', 'SAGFLIS', '1987-07-23', 'mann');
  const kid = child('PUSSIG', mother, '2015-11-05', { address: grandmother.address });
  parents(kid, mother, father);
  registrar.responsible(kid, 'andre', {
    holder: grandmother,
    from: osloMidnight('2023-04-01'),
    reason: 'Foreldreansvar',
  });
  registrar.joint(kid, mother, father, { current: false, until: osloMidnight('2023-04-01') });
  return { grandmother, mother, father, child: kid };
}

/** F5: an organisation is responsible. */
function f5() {
  const mother = adult('NUMMEN', 'KUMLOKK', '1992-12-12', 'kvinne');
  const kid = child('LILLA', mother, '2019-01-15');
  registrar.parent(kid, mother, 'mor');
  registrar.responsible(kid, 'andre', {
    organisation: childWelfareNumber,
    from: osloMidnight('2022-09-01'),
    reason: 'Foreldreansvar',
  });
  registrar.responsible(kid, 'mor', { holder: mother, current: false, until: osloMidnight('2022-09-01') });
  return { mother, child: kid };
}

/** F6: joint; mother and child live at a strictly protected address, the father does not. */
function f6() {
  const mother = adult('STØDIG', 'VINDMØLLE', '1986-09-09', 'kvinne', {
    protection: 'strengtFortrolig',
    ...reachable('mor.vindmolle', '+4790000006'),
  });
  const father = adult(
    'RØFF',
    'SPIKERMATTE',
    '1984-03-03',
    'mann',
    reachable('far.spikermatte', '+4790000007'),
  );
  const kid = child('MYK', mother, '2017-05-17', { protection: 'strengtFortrolig' });
  parents(kid, mother, father);
  registrar.joint(kid, mother, father);
  return { mother, father, child: kid };
}

/** F7: joint in the register. The ban on contact is the municipality's own and stands in no register. */
function f7() {
  const mother = adult('NENNSOM', 'ØREPROPP', '1988-04-28', 'kvinne');
  const father = adult('PLUTSELIG', 'ALARM', '1986-10-31', 'mann');
  const kid = child('TRINN', mother, '2014-08-08');
  parents(kid, mother, father);
  registrar.joint(kid, mother, father);
  return { mother, father, child: kid };
}

/** F8: the parents hold it jointly, the child lives with foster parents by a care order. */
function f8() {
  const mother = adult('VALEN', 'KORKTREKKER', '1993-03-05', 'kvinne');
  const father = adult('SLITESTERK', 'TAKSTEIN', '1990-01-25', 'mann');
  const fosterMother = adult('TÅLMODIG', 'GYNGESTOL', '1975-05-15', 'kvinne', { civil: 'gift' });
  const fosterFather = adult('JORDNÆR', 'GYNGESTOL', '1973-08-02', 'mann', {
    civil: 'gift',
    address: fosterMother.address,
  });
  const kid = child('ØRLITEN', mother, '2018-10-20', {
    address: fosterMother.address,
    protection: 'klientadresse',
  });
  registrar.spouses(fosterMother, fosterFather);
  parents(kid, mother, father);
  registrar.joint(kid, mother, father);
  return { mother, father, fosterMother, fosterFather, child: kid };
}

/** F9: the mother alone; the events of one week are sent through the control API. */
function f9() {
  const mother = adult('LETTBENT', 'NOTEARK', '1991-11-11', 'kvinne');
  const father = adult('OPPLAGT', 'MALERULL', '1989-06-06', 'mann');
  const kid = child('VIMSETE', mother, '2016-12-24');
  parents(kid, mother, father);
  registrar.responsible(kid, 'mor', { holder: mother });
  return { mother, father, child: kid };
}

/** F10: every entry twice, and the father once more by the D-number he had before. */
function f10() {
  const mother = adult('JAMN', 'URSKIVE', '1990-02-14', 'kvinne');
  const born = '1985-07-30';
  const formerNumber = book.issue(born, 'mann', { kind: 'dNummer' });
  const number = book.issue(born, 'mann');
  const father = adult('ELASTISK', 'KOFFERT', born, 'mann', {
    number,
    identifiers: [
      { number, kind: 'foedselsnummer', status: 'iBruk', from: '2021-03-01' },
      { number: formerNumber, kind: 'dNummer', status: 'opphoert', from: '2017-01-10' },
    ],
    ...reachable('far.koffert', '+4790000008', { language: 'en' }),
  });
  const kid = child('ORANSJE', mother, '2018-03-03');
  parents(kid, mother, father);
  registrar.joint(kid, mother, father);
  registrar.joint(kid, mother, father, { source: 'KILDE_DSF' });
  registrar.responsible(kid, 'felles', { holder: father, holderNumber: formerNumber, source: 'KILDE_DSF' });
  return { mother, father, child: kid, formerNumber };
}

/** F11: the father is contact teacher of his child's class. */
function f11() {
  const mother = adult('INNFUL', 'SJAKKBRETT', '1988-01-08', 'kvinne', { civil: 'gift' });
  const father = adult('FIFFIG', 'SJAKKBRETT', '1986-12-03', 'mann', {
    civil: 'gift',
    address: mother.address,
    ...reachable('far.sjakkbrett', '+4790000009'),
  });
  const kid = child('FIRKANTET', mother, '2016-06-01');
  registrar.spouses(mother, father);
  parents(kid, mother, father);
  registrar.joint(kid, mother, father);
  return { mother, father, child: kid };
}

/** F12: the mother is reserved from digital mail and uses the portal all the same. */
function f12() {
  const mother = adult(
    'TREVEN',
    'LYKTESTOLPE',
    '1989-09-19',
    'kvinne',
    reachable('mor.lyktestolpe', '+4790000010', { reserved: true }),
  );
  const father = adult('VID', 'LYKTESTOLPE', '1987-02-22', 'mann', { address: mother.address });
  const kid = child('DUFTENDE', mother, '2019-04-12');
  parents(kid, mother, father);
  registrar.joint(kid, mother, father);
  return { mother, father, child: kid };
}

/** F13: one turns 15 on 11 January 2027, and a late pupil turns 18 on 1 February 2027. */
function f13() {
  const mother = adult('HENDIG', 'LASTEBIL', '1980-10-01', 'kvinne', { civil: 'gift' });
  const father = adult('DIGER', 'LASTEBIL', '1979-03-27', 'mann', { civil: 'gift', address: mother.address });
  const pupil = child('KRYPTISK', mother, '2012-01-11');
  const latePupil = child('SENDREKTIG', mother, '2009-02-01');
  registrar.spouses(mother, father);
  for (const kid of [pupil, latePupil]) {
    parents(kid, mother, father);
    registrar.joint(kid, mother, father);
  }
  return { mother, father, pupil, latePupil };
}

/** F14: twins, one at school and after-school care, one deferred in kindergarten (her number is right by the 2032 rule alone). */
function f14() {
  const mother = adult('GYLDEN', 'TREHYTTE', '1992-06-26', 'kvinne');
  const father = adult('MEKTIG', 'RYGGSEKK', '1990-08-16', 'mann', { address: mother.address });
  const schoolTwin = child('SPENSTIG', mother, '2020-10-28');
  const kindergartenTwin = child('FJÆRLETT', mother, '2020-10-28', { remainder: 2 });
  for (const kid of [schoolTwin, kindergartenTwin]) {
    parents(kid, mother, father);
    registrar.jointAfterPaternity(kid, mother, father);
  }
  return { mother, father, schoolTwin, kindergartenTwin };
}

export const goldenFamilies = {
  F1: f1(), F2: f2(), F3: f3(), F4: f4(), F5: f5(), F6: f6(), F7: f7(),
  F8: f8(), F9: f9(), F10: f10(), F11: f11(), F12: f12(), F13: f13(), F14: f14(),
} as const; // prettier-ignore

/** Single cases that no family of the list has: one child each, named for what is odd. */
function oddities() {
  const lone = (given: string, family: string, born: string): Person =>
    registrar.person('child', throws, { given, family, born, sex: 'mann', address: home() });
  const stranger = { given: 'UKJENT', family: 'KANOPADLE', born: null, citizenship: 'XUK' };

  const sharedMother = adult('MOROSAM', 'BALLONG', '1989-04-09', 'kvinne');
  const jointWithUnidentified = child('KNALLBLÅ', sharedMother, '2017-02-20');
  registrar.parent(jointWithUnidentified, sharedMother, 'mor');
  registrar.responsible(jointWithUnidentified, 'felles', { holder: sharedMother });
  registrar.responsible(jointWithUnidentified, 'felles', { unidentified: stranger });

  const soleUnidentified = lone('SKEIV', 'PARASOLL', '2018-12-05');
  registrar.responsible(soleUnidentified, 'far', { unidentified: stranger });

  const unknown = lone('TALLØS', 'KALENDER', '2016-09-30');
  registrar.responsible(unknown, 'ukjent', {});

  const born = '2019-08-14';
  const dNumberChild = registrar.person('child', throws, {
    given: 'NYSGJERRIG', family: 'FLYTEBRYGGE', born, sex: 'kvinne', address: home(), numberKind: 'dNummer',
  }); // prettier-ignore
  const verge = adult('UKUELIG', 'KOMPASS', '1970-11-30', 'kvinne');
  registrar.verge(dNumberChild, verge, 'ensligMindreaarigFlyktning', '2026-02-01');

  const claimingMother = adult('HØY', 'RINGEKLOKKE', '1991-05-05', 'kvinne');
  const claimingFather = adult('LAV', 'RINGEKLOKKE', '1990-05-05', 'mann');
  const contradictory = child('TVETYDIG', claimingMother, '2017-07-01');
  parents(contradictory, claimingMother, claimingFather);
  registrar.responsible(contradictory, 'mor', {
    holder: claimingMother,
    from: osloMidnight('2024-02-01'),
    reason: 'Foreldreansvar',
  });
  registrar.responsible(contradictory, 'far', {
    holder: claimingFather,
    from: osloMidnight('2024-03-01'),
    reason: 'Foreldreansvar',
  });

  const widow = adult('UTHVILT', 'ULLPLEDD', '1985-01-19', 'kvinne');
  const lateFather = adult('EVIG', 'ULLPLEDD', '1982-01-19', 'mann', {
    died: '2024-05-20',
    status: 'doed',
    address: widow.address,
  });
  const orphaned = child('HELHJERTET', widow, '2015-03-14');
  parents(orphaned, widow, lateFather);
  registrar.responsible(orphaned, 'mor', {
    holder: widow,
    from: osloMidnight('2024-05-20'),
    reason: 'Dødsfall',
  });
  registrar.joint(orphaned, widow, lateFather, { current: false, until: osloMidnight('2024-05-20') });

  const invertedMother = adult('SNAR', 'VISKELÆR', '1993-09-13', 'kvinne');
  const invertedFather = adult('SIGEN', 'BLYANT', '1992-09-13', 'mann', { address: invertedMother.address });
  const inverted = child('SKRÅ', invertedMother, '2019-06-18');
  parents(inverted, invertedMother, invertedFather);
  registrar.jointAfterPaternity(inverted, invertedMother, invertedFather, true);

  const comother = adult('FARGERIK', 'MARSIPAN', '1988-06-20', 'kvinne', { civil: 'gift' });
  const birthMother = adult('BLANK', 'MARSIPAN', '1987-06-20', 'kvinne', {
    civil: 'gift',
    address: comother.address,
  });
  const twoMothers = child('RISLENDE', birthMother, '2020-05-25');
  registrar.spouses(comother, birthMother);
  registrar.parent(twoMothers, birthMother, 'mor');
  registrar.parent(twoMothers, comother, 'medmor');
  registrar.joint(twoMothers, birthMother, comother);

  return {
    jointWithUnidentified: { mother: sharedMother, child: jointWithUnidentified },
    soleUnidentified: { child: soleUnidentified },
    unknown: { child: unknown },
    dNumber: { child: dNumberChild, verge },
    contradictory: { mother: claimingMother, father: claimingFather, child: contradictory },
    widow: { mother: widow, father: lateFather, child: orphaned },
    inverted: { mother: invertedMother, father: invertedFather, child: inverted },
    twoMothers: { mother: birthMother, comother, child: twoMothers },
  } as const;
}
export const goldenOddities = oddities();

const worker = (given: string, family: string, born: string, sex: 'kvinne' | 'mann'): Person =>
  adult(given, family, born, sex);

/** The people who work where the golden children are, by what they are there for. */
export const goldenStaff = {
  schoolLeader: worker('BULKET', 'FLAGGSTANG', '1971-02-02', 'kvinne'),
  contactTeacher: worker('GLATT', 'KRITTAVLE', '1983-05-21', 'kvinne'),
  secondTeacher: worker('KORT', 'LINJAL', '1994-09-04', 'mann'),
  formerTeacher: worker('MATT', 'BOKHYLLE', '1968-10-10', 'mann'),
  assistant: worker('FLITTIG', 'MATPAKKE', '1999-01-13', 'kvinne'),
  schoolOffice: worker('NØYSOM', 'STIFTEMASKIN', '1977-07-17', 'kvinne'),
  afterSchoolLeader: worker('TRIVELIG', 'SANDKASSE', '1981-03-29', 'mann'),
  afterSchoolWorker: worker('KVIKK', 'FRIMERKE', '1998-04-18', 'mann'),
  kindergartenLeader: worker('RUND', 'GRYTEKLUT', '1974-12-19', 'kvinne'),
  pedagogue: worker('VELVILLIG', 'GUMMIAND', '1987-08-27', 'kvinne'),
  kindergartenAssistant: worker('LODDEN', 'SOKKESKUFF', '2000-06-14', 'mann'),
  otherTeacher: worker('KANTETE', 'TALLERKEN', '1985-11-23', 'mann'),
  caseWorker: worker('PERFEKT', 'SKRIVEBORD', '1979-09-01', 'kvinne'),
  administrator: worker('STABIL', 'NETTSTRØM', '1976-04-25', 'mann'),
  secondAdministrator: worker('TRYGG', 'SIKRINGSSKAP', '1980-02-29', 'kvinne'),
  /** F11 again: the guardian is the teacher. */
  teacherWhoIsFather: goldenFamilies.F11.father,
} as const;

/**
 * Families with a child that has no place and is on no roster: whoever wants one has to say so first. They come after everybody else,
 * so that nobody's number is another for them.
 */
function applicants() {
  const mother = adult('FRISK', 'BARNEVOGN', '1995-05-12', 'kvinne', {
    civil: 'gift',
    ...reachable('mor.barnevogn', '+4790000011'),
  });
  const father = adult('LETT', 'SMEKKE', '1993-09-30', 'mann', {
    civil: 'gift',
    address: mother.address,
    ...reachable('far.smekke', '+4790000012'),
  });
  const firstborn = child('SPED', mother, '2026-02-14');
  registrar.spouses(mother, father);

  const hiddenMother = adult('VAKTSOM', 'LÅVEDØR', '1994-03-08', 'kvinne', {
    protection: 'strengtFortrolig',
  });
  const hiddenFather = adult('BRÅ', 'TORDENSKY', '1990-07-21', 'mann');
  const hidden = child('VARSOM', hiddenMother, '2026-04-03', { protection: 'strengtFortrolig' });

  const parted = adult('KVIKK', 'FLYTTEESKE', '1992-12-11', 'kvinne');
  const away = adult('FJERN', 'VEIVISER', '1991-01-17', 'mann', {
    address: { ...home(), place: 'YTTERVIKA', municipality: '4698' },
  });
  const elsewhere = child('REISELYSTEN', parted, '2025-09-20', { address: away.address });

  const { father: fatherOfF3, fathersPartner, fathersOther } = goldenFamilies.F3;
  const sibling = child('TRILLRUND', fathersPartner, '2026-05-02', { family: fathersOther.family });
  for (const [kid, one, other] of [
    [firstborn, mother, father],
    [hidden, hiddenMother, hiddenFather],
    [elsewhere, parted, away],
    [sibling, fathersPartner, fatherOfF3],
  ] as const) {
    parents(kid, one, other);
    registrar.joint(kid, one, other);
  }
  return {
    /** Nobody here knows any of them. */
    first: { mother, father, child: firstborn },
    /** The mother and the child live at a strictly protected address (ADR-03, ADR-04). */
    hidden: { mother: hiddenMother, father: hiddenFather, child: hidden },
    /** The child lives in another municipality (BHG-03). */
    away: { mother: parted, father: away, child: elsewhere },
    /** Of the father of F3 and his partner: the elder brother has a place in the kindergarten. */
    sibling: { mother: fathersPartner, father: fatherOfF3, child: sibling },
  } as const;
}
export const goldenApplicants = applicants();

export const goldenPeople: readonly Person[] = registrar.people;
/** Every golden person by a name such as `F1.mother`, `odd.widow.child` or `staff.contactTeacher`. */
export const goldenByName: ReadonlyMap<string, Person> = new Map([
  ...Object.entries(goldenFamilies).flatMap(([name, family]) => named(name, family)),
  ...Object.entries(goldenOddities).flatMap(([name, family]) => named(`odd.${name}`, family)),
  ...named('staff', goldenStaff),
  ...Object.entries(goldenApplicants).flatMap(([name, family]) => named(`apply.${name}`, family)),
]);

function named(prefix: string, family: Readonly<Record<string, Person | string>>): [string, Person][] {
  return Object.entries(family).flatMap(([role, value]) =>
    typeof value === 'string' ? [] : [[`${prefix}.${role}`, value] as [string, Person]],
  );
}
