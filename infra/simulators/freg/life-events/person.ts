import { familyName, givenName } from '../../population/names.ts';
import { dice } from '../../population/random.ts';
import { listOf, openPostalAddress, streetAddress, type Entry, type PersonDocument } from '../documents.ts';
import { BadWish, type Edit } from '../register.ts';
import { address } from '../../population/registrar.ts';
import { Responsibilities } from './responsibility.ts';
import { end, fresh, maybePersonIn, personIn, supersede, validFrom, type Wish } from './wish.ts';

const childrenOf = (document: PersonDocument): string[] => [
  ...new Set(
    listOf(document, 'foreldreansvar')
      .filter((entry) => entry.erGjeldende)
      .map((entry) => String(entry['ansvarssubjekt'])),
  ),
];

/**
 * `responsibility: "later"` leaves the entries as they are: the register is not always done on the day somebody dies.
 * Otherwise both joint entries become historic, and the one who is left gets an entry of their own.
 */
export function death(edit: Edit, wish: Wish): void {
  const person = personIn(edit, wish, 'person');
  const from = validFrom(edit, wish);
  const document = edit.document(person);
  const own = (child: string): boolean => child === person;
  document['doedsfall'] = { ...fresh(edit, from, 'Dødsfall'), doedsdato: from.slice(0, 10) };
  supersede(edit, listOf(document, 'status'), { ...fresh(edit, from, 'Dødsfall'), status: 'doed' });
  edit.event(person, 'personErDoed', [
    { entitet: 'doedsfall', entitetsendring: 'registrereNy', body: { doedsdato: from.slice(0, 10) } },
  ]);
  if (wish['responsibility'] === 'later') return;
  for (const child of childrenOf(document)) {
    if (own(child)) continue;
    const responsibilities = new Responsibilities(edit, child);
    const left = responsibilities
      .current()
      .find((entry) => entry['ansvar'] === 'felles' && entry['ansvarlig'] !== person);
    responsibilities.endAll(from);
    const survivor = left?.['ansvarlig'];
    if (typeof survivor === 'string') {
      const relation = listOf(edit.document(child), 'familierelasjon').find(
        (entry) => entry['relatertPerson'] === survivor,
      );
      const ansvar = String(relation?.['relatertPersonsRolle'] ?? 'andre');
      responsibilities.add({ ...fresh(edit, from, 'Dødsfall'), ansvar, ansvarlig: survivor });
    }
    responsibilities.announce();
  }
}

/** The death was an error: the person lives, and responsibility is as it was. */
export function deathAnnulled(edit: Edit, wish: Wish): void {
  const person = personIn(edit, wish, 'person');
  const document = edit.document(person);
  const died = document['doedsfall'] as Entry | undefined;
  if (died === undefined) throw new BadWish('this person is not registered as dead');
  delete document['doedsfall'];
  const statuses = listOf(document, 'status').filter((entry) => entry['status'] !== 'doed');
  const before = statuses[0];
  if (before !== undefined) {
    before.erGjeldende = true;
    delete before.opphoerstidspunkt;
  }
  document['status'] =
    statuses.length > 0
      ? statuses
      : [{ ...fresh(edit, String(died.gyldighetstidspunkt), 'Annullering'), status: 'bosatt' }];
  edit.event(person, 'personErReaktivert', [{ entitet: 'doedsfall', entitetsendring: 'annullere' }]);
  const ended = listOf(document, 'foreldreansvar').filter(
    (entry) => entry.opphoerstidspunkt === died.gyldighetstidspunkt,
  );
  for (const child of new Set(ended.map((entry) => String(entry['ansvarssubjekt'])))) {
    const responsibilities = new Responsibilities(edit, child);
    for (const entry of responsibilities.current())
      if (entry.aarsak === 'Dødsfall') responsibilities.annul(entry);
    for (const entry of responsibilities.history()) {
      if (entry.opphoerstidspunkt === died.gyldighetstidspunkt) responsibilities.reinstate(entry);
    }
    responsibilities.announce();
  }
}

/** Raised or lifted, with the addresses in the same event. */
export function protection(edit: Edit, wish: Wish): void {
  const person = personIn(edit, wish, 'person');
  const level = String(wish['level'] ?? 'strengtFortrolig');
  if (!['ugradert', 'klientadresse', 'fortrolig', 'strengtFortrolig'].includes(level)) {
    throw new BadWish('level must be ugradert, klientadresse, fortrolig or strengtFortrolig');
  }
  const from = validFrom(edit, wish);
  const document = edit.document(person);
  supersede(edit, listOf(document, 'adressebeskyttelse'), {
    ...fresh(edit, from, 'Adressebeskyttelse'),
    graderingsnivaa: level,
  });
  if (level === 'strengtFortrolig') {
    // No residence is told any more, not even a former one.
    document['bostedsadresse'] = [];
    supersede(edit, listOf(document, 'postadresse'), openPostalAddress(from));
  } else {
    for (const entry of listOf(document, 'postadresse')) if (entry.erGjeldende) end(edit, entry, from);
    const homes = listOf(document, 'bostedsadresse');
    if (homes.length === 0) homes.push(streetAddress(address(dice(1, person)), level, from));
    for (const entry of homes) entry['adressegradering'] = level;
  }
  const body = { graderingsnivaa: level };
  edit.event(person, 'endringIAdressebeskyttelse', [
    { entitet: 'adressebeskyttelse', entitetsendring: 'registrereNy', body },
    { entitet: 'bostedsadresse', entitetsendring: 'korrigere', body: listOf(document, 'bostedsadresse')[0] },
  ]);
}

export function changeName(edit: Edit, wish: Wish): void {
  const person = personIn(edit, wish, 'person');
  const throws = dice(edit.at, person);
  const entries = listOf(edit.document(person), 'navn');
  const now = entries.find((entry) => entry.erGjeldende);
  const entry: Entry = {
    ...fresh(edit, validFrom(edit, wish), 'Navnevalg'),
    fornavn: String(wish['given'] ?? now?.['fornavn'] ?? givenName(throws)),
    ...(wish['middle'] === undefined ? {} : { mellomnavn: String(wish['middle']) }),
    etternavn: String(wish['family'] ?? familyName(throws)),
  };
  supersede(edit, entries, entry);
  edit.event(person, 'endringINavn', [{ entitet: 'navn', entitetsendring: 'registrereNy', body: entry }]);
}

/** `verge: null` ends what there is. */
export function verge(edit: Edit, wish: Wish): void {
  const ward = personIn(edit, wish, 'person');
  const appointed = maybePersonIn(edit, wish, 'verge');
  const from = validFrom(edit, wish);
  const entries = listOf(edit.document(ward), 'vergemaalEllerFremtidsfullmakt');
  const entry: Entry = {
    ...fresh(edit, from, 'Vergemål'),
    vergemaaltype: String(wish['type'] ?? 'mindreaarig'),
    embete: 'statsforvalterenIVestland',
    verge: { foedselsEllerDNummer: appointed, tjenesteomraade: [] },
  };
  if (appointed === null) for (const one of entries) end(edit, one, from);
  else supersede(edit, entries, entry);
  edit.event(ward, 'endringIVergemaal', [
    {
      entitet: 'vergemaalEllerFremtidsfullmakt',
      entitetsendring: appointed === null ? 'korrigere' : 'registrereNy',
      body: appointed === null ? entries[0] : entry,
    },
  ]);
}

export function emigration(edit: Edit, wish: Wish): void {
  const person = personIn(edit, wish, 'person');
  const from = validFrom(edit, wish);
  const document = edit.document(person);
  const country = String(wish['country'] ?? 'SWE');
  supersede(edit, listOf(document, 'status'), { ...fresh(edit, from, 'Utflytting'), status: 'utflyttet' });
  for (const entry of listOf(document, 'bostedsadresse')) if (entry.erGjeldende) end(edit, entry, from);
  const entry = {
    ...fresh(edit, from, 'Utflytting'),
    tilflyttingsland: country,
    utflyttingsdato: from.slice(0, 10),
  };
  supersede(edit, listOf(document, 'utflytting'), entry);
  edit.event(person, 'personErUtflyttet', [
    { entitet: 'utflytting', entitetsendring: 'registrereNy', body: entry },
  ]);
}
