import { familyName, givenName } from '../../population/names.ts';
import type { NumberKind, Sex } from '../../population/index.ts';
import { NumberBook } from '../../population/numbers.ts';
import { addDays } from '../../population/oslo.ts';
import { dice } from '../../population/random.ts';
import { baseDocument, listOf, type Entry, type PersonDocument } from '../documents.ts';
import { BadWish, type Edit } from '../register.ts';
import { Responsibilities } from './responsibility.ts';
import { fresh, maybePersonIn, personIn, validFrom, type Wish } from './wish.ts';

/** A number that nobody has or has had. */
function unusedNumber(edit: Edit, born: string, sex: Sex, kind: NumberKind = 'foedselsnummer'): string {
  const book = new NumberBook(1);
  for (;;) {
    const number = book.issue(born, sex, { kind });
    if (!edit.has(number)) return number;
  }
}

const textOf = (document: PersonDocument, element: string, field: string): string =>
  String(listOf(document, element).find((entry) => entry.erGjeldende)?.[field] ?? '');

function identifierEntry(edit: Edit, from: string, number: string, kind: NumberKind, aarsak: string): Entry {
  return {
    ...fresh(edit, from, aarsak),
    status: 'iBruk',
    foedselsEllerDNummer: number,
    identifikatortype: kind,
  };
}

function endNumber(edit: Edit, entry: Entry, from: string): void {
  Object.assign(entry, { erGjeldende: false, status: 'opphoert', opphoerstidspunkt: from });
}

/** Writes the new number wherever somebody else's document names the old one. */
function renameElsewhere(edit: Edit, document: PersonDocument, former: string, number: string): void {
  const others = new Set<string>();
  for (const entry of listOf(document, 'foreldreansvar')) {
    for (const field of ['ansvarlig', 'ansvarssubjekt'])
      if (typeof entry[field] === 'string') others.add(entry[field]);
  }
  for (const entry of listOf(document, 'familierelasjon')) others.add(String(entry['relatertPerson']));
  for (const one of [
    document,
    ...[...others].filter((other) => edit.has(other)).map((other) => edit.document(other)),
  ]) {
    for (const entry of [...listOf(one, 'foreldreansvar'), ...listOf(one, 'familierelasjon')]) {
      for (const field of ['ansvarlig', 'ansvarssubjekt', 'relatertPerson'])
        if (entry[field] === former) entry[field] = number;
    }
  }
}

/** `references: "keep"` leaves the old number on other people's documents. */
export function numberChange(edit: Edit, wish: Wish): void {
  const person = personIn(edit, wish, 'person');
  const document = edit.document(person);
  const from = validFrom(edit, wish);
  const identifiers = listOf(document, 'identifikasjonsnummer');
  const former = textOf(document, 'identifikasjonsnummer', 'foedselsEllerDNummer');
  const sex = textOf(document, 'kjoenn', 'kjoenn') === 'mann' ? 'mann' : 'kvinne';
  const number = unusedNumber(edit, textOf(document, 'foedsel', 'foedselsdato'), sex);
  for (const entry of identifiers) if (entry.erGjeldende) endNumber(edit, entry, from);
  identifiers.unshift(identifierEntry(edit, from, number, 'foedselsnummer', 'Endret identifikator'));
  if (wish['references'] !== 'keep') renameElsewhere(edit, document, former, number);
  const status = { ...fresh(edit, from, 'Endret identifikator'), status: 'bosatt' };
  for (const entry of listOf(document, 'status')) entry.erGjeldende = false;
  listOf(document, 'status').unshift(status);
  edit.event(former, 'endringIIdentifikasjonsnummer', [
    { entitet: 'identifikasjonsnummer', entitetsendring: 'registrereNy', body: identifiers[0] },
  ]);
  edit.event(number, 'personErBosatt', [
    { entitet: 'status', entitetsendring: 'registrereNy', body: status },
  ]);
}

/** Two documents turn out to be one person: the survivor takes over the duplicate's numbers. */
export function merge(edit: Edit, wish: Wish): void {
  const survivor = personIn(edit, wish, 'person');
  const duplicate = personIn(edit, wish, 'duplicate');
  const from = validFrom(edit, wish);
  const document = edit.document(survivor);
  const other = edit.document(duplicate);
  if (document === other) throw new BadWish('person and duplicate are already one');
  const identifiers = listOf(document, 'identifikasjonsnummer');
  for (const entry of listOf(other, 'identifikasjonsnummer')) {
    endNumber(edit, entry, from);
    identifiers.push({ ...entry });
  }
  for (const entry of listOf(other, 'status')) entry.erGjeldende = false;
  listOf(other, 'status').unshift({ ...fresh(edit, from, 'Dublett'), status: 'opphoert' });
  // Both documents list the duplicate's numbers now; the one that is stored last is the one they lead to.
  edit.storeLast(survivor);
  edit.event(duplicate, 'personErOpphoertSomDublett');
  edit.event(survivor, 'personErViderefoertSomGjeldendeVedSammenslaaing', [
    { entitet: 'identifikasjonsnummer', entitetsendring: 'korrigere', body: identifiers.at(-1) },
  ]);
}

/** A merge that was wrong: the ended number is a person of its own again, and holds what it held. */
export function split(edit: Edit, wish: Wish): void {
  const survivor = personIn(edit, wish, 'person');
  const restored = personIn(edit, wish, 'duplicate');
  const from = validFrom(edit, wish);
  const document = edit.document(survivor);
  if (edit.document(restored) !== document || survivor === restored)
    throw new BadWish('duplicate must be an ended number of person');
  const person = edit.register.population.byNumber(restored);
  if (person === undefined) throw new BadWish('only somebody from the first population can be restored');
  document['identifikasjonsnummer'] = listOf(document, 'identifikasjonsnummer').filter(
    (entry) => entry['foedselsEllerDNummer'] !== restored,
  );
  const again = baseDocument(person);
  listOf(again, 'status').unshift({ ...fresh(edit, from, 'Splitting'), status: 'bosatt' });
  listOf(again, 'status')
    .slice(1)
    .forEach((entry) => (entry.erGjeldende = false));
  edit.create(person.sourceId, restored, again);
  edit.event(survivor, 'personErEndretVedSplitting');
  edit.event(restored, 'personErGjenopprettetVedSplitting');
}

/** Born yesterday, named by a placeholder made from the mother's name unless `given` says otherwise. */
export function birth(edit: Edit, wish: Wish): void {
  const mother = personIn(edit, wish, 'mother');
  const father = maybePersonIn(edit, wish, 'father');
  const born =
    typeof wish['born'] === 'string'
      ? wish['born']
      : addDays(new Date(edit.at).toISOString().slice(0, 10), -1);
  const sex: Sex = wish['sex'] === 'mann' ? 'mann' : 'kvinne';
  const number = unusedNumber(edit, born, sex);
  const from = validFrom(edit, { from: born });
  const parent = edit.document(mother);
  const throws = dice(edit.at, number);
  const child: PersonDocument = {
    identifikasjonsnummer: [identifierEntry(edit, from, number, 'foedselsnummer', 'Fødsel')],
    status: [{ ...fresh(edit, from, 'Fødsel'), status: 'bosatt' }],
    foedsel: [
      { ...fresh(edit, from, 'Fødsel'), foedselsdato: born, foedselsaar: born.slice(0, 4), foedeland: 'NOR' },
    ],
    kjoenn: [{ ...fresh(edit, from, 'Fødsel'), kjoenn: sex }],
    navn: [
      {
        ...fresh(edit, from, 'Fødsel'),
        fornavn: String(wish['given'] ?? givenName(throws)),
        etternavn: textOf(parent, 'navn', 'etternavn') || familyName(throws),
      },
    ],
    bostedsadresse: structuredClone(listOf(parent, 'bostedsadresse').filter((entry) => entry.erGjeldende)),
    familierelasjon: [],
  };
  edit.create(`n-${number}`, number, child);
  for (const [adult, role] of [
    [mother, 'mor'],
    [father, 'far'],
  ] as const) {
    if (adult === null) continue;
    const relation = fresh(edit, from, 'Fødsel');
    listOf(child, 'familierelasjon').push({
      ...relation,
      relatertPerson: adult,
      relatertPersonsRolle: role,
      minRolleForPerson: 'barn',
    });
    const theirs = {
      ...relation,
      relatertPerson: number,
      relatertPersonsRolle: 'barn',
      minRolleForPerson: role,
    };
    listOf(edit.document(adult), 'familierelasjon').push(theirs);
  }
  edit.event(number, 'personErOpprettet', [
    { entitet: 'foedsel', entitetsendring: 'registrereNy', body: listOf(child, 'foedsel')[0] },
  ]);
  for (const adult of father === null ? [mother] : [mother, father])
    edit.event(adult, 'endringIFamilierelasjon');
  const responsibilities = new Responsibilities(edit, number);
  const holders =
    father === null
      ? [['mor', mother]]
      : [
          ['felles', mother],
          ['felles', father],
        ];
  for (const [ansvar, ansvarlig] of holders)
    responsibilities.add({ ...fresh(edit, from, 'Fødsel'), ansvar, ansvarlig });
  responsibilities.announce();
}
