import { listOf, type Entry } from '../documents.ts';
import type { EntityChange } from '../feed.ts';
import { BadWish, type Edit } from '../register.ts';
import { end, fresh, personIn, validFrom, type Wish } from './wish.ts';
import { childWelfareNumber } from '../../population/golden.ts';
import { osloTimestamp } from '../../population/oslo.ts';

const element = 'foreldreansvar';

/** Every number that this person has or has had. */
function numbersOf(edit: Edit, number: string): Set<string> {
  return new Set(
    listOf(edit.document(number), 'identifikasjonsnummer').map((entry) =>
      String(entry['foedselsEllerDNummer']),
    ),
  );
}

/** What has happened to the entries about one child, on the child's document and on those of the adults. */
export class Responsibilities {
  readonly #edit: Edit;
  readonly #child: string;
  readonly #changes = new Map<string, EntityChange[]>();

  constructor(edit: Edit, child: string) {
    this.#edit = edit;
    this.#child = child;
    this.#changes.set(child, []);
  }

  current(): Entry[] {
    return listOf(this.#edit.document(this.#child), element).filter((entry) => entry.erGjeldende);
  }

  history(): Entry[] {
    return listOf(this.#edit.document(this.#child), element).filter((entry) => !entry.erGjeldende);
  }

  add(entry: Entry): void {
    const whole = { ...entry, ansvarssubjekt: this.#child };
    listOf(this.#edit.document(this.#child), element).unshift(whole);
    this.#note(this.#child, { entitet: element, entitetsendring: 'registrereNy', body: bodyOf(whole) });
    const holder = this.#holderOf(whole);
    if (holder === null) return;
    listOf(this.#edit.document(holder), element).unshift({ ...whole });
    this.#note(holder, { entitet: element, entitetsendring: 'registrereNy', body: bodyOf(whole) });
  }

  /** The same change to an entry on the child's document and to its twin on the holder's. */
  change(entry: Entry, how: 'korrigere' | 'annullere', write: (entry: Entry) => void): void {
    const holder = this.#holderOf(entry);
    const twins = holder === null ? [] : this.#twins(holder, entry);
    for (const one of [entry, ...twins]) write(one);
    this.#note(this.#child, { entitet: element, entitetsendring: how, body: bodyOf(entry) });
    if (holder !== null) this.#note(holder, { entitet: element, entitetsendring: how, body: bodyOf(entry) });
  }

  endAll(from: string): void {
    for (const entry of this.current()) this.change(entry, 'korrigere', (one) => end(this.#edit, one, from));
  }

  /** An annulled entry never was: it leaves no trace, not even in the history. */
  annul(entry: Entry): void {
    const gone = new Set<Entry>();
    this.change(entry, 'annullere', (one) => gone.add(one));
    const holder = this.#holderOf(entry);
    for (const number of holder === null ? [this.#child] : [this.#child, holder]) {
      const document = this.#edit.document(number);
      document[element] = listOf(document, element).filter((one) => !gone.has(one));
    }
  }

  reinstate(entry: Entry): void {
    this.change(entry, 'korrigere', (one) => {
      one.erGjeldende = true;
      delete one.opphoerstidspunkt;
      one.ajourholdstidspunkt = osloTimestamp(this.#edit.at, 6);
    });
  }

  /** The child first, then each adult whose entries changed. */
  announce(): void {
    for (const [number, changes] of this.#changes)
      this.#edit.event(number, 'endringIForeldreansvar', changes);
  }

  #twins(holder: string, entry: Entry): Entry[] {
    const child = numbersOf(this.#edit, this.#child);
    return listOf(this.#edit.document(holder), element).filter(
      (one) =>
        child.has(String(one['ansvarssubjekt'])) &&
        one['ansvar'] === entry['ansvar'] &&
        one['ansvarlig'] === entry['ansvarlig'] &&
        one.erGjeldende === entry.erGjeldende &&
        one.gyldighetstidspunkt === entry.gyldighetstidspunkt &&
        one.kilde === entry.kilde,
    );
  }

  #holderOf(entry: Entry): string | null {
    const number = entry['ansvarlig'];
    return typeof number === 'string' && this.#edit.has(number) ? number : null;
  }

  #note(number: string, change: EntityChange): void {
    const known = this.#changes.get(number);
    if (known === undefined) this.#changes.set(number, [change]);
    else known.push(change);
  }
}

/** The entity as an event tells it: without what only the person document says. */
function bodyOf(entry: Entry): unknown {
  return Object.fromEntries(
    Object.entries(entry).filter(([name]) => name !== 'erGjeldende' && name !== 'ajourholdstidspunkt'),
  );
}

/** `mor`, `far` or `medmor` for a parent, `andre` for anybody else. */
function ansvarOf(edit: Edit, child: string, holder: string): string {
  const holders = numbersOf(edit, holder);
  const relation = listOf(edit.document(child), 'familierelasjon').find((entry) =>
    holders.has(String(entry['relatertPerson'])),
  );
  const role = relation?.['relatertPersonsRolle'];
  return role === 'mor' || role === 'far' || role === 'medmor' ? role : 'andre';
}

function replaced(
  edit: Edit,
  wish: Wish,
  entries: (child: string) => readonly Record<string, unknown>[],
): void {
  const child = personIn(edit, wish, 'child');
  const from = validFrom(edit, wish);
  const responsibilities = new Responsibilities(edit, child);
  responsibilities.endAll(from);
  for (const entry of entries(child))
    responsibilities.add({ ...fresh(edit, from, 'Foreldreansvar'), ...entry });
  responsibilities.announce();
}

export function soleResponsibility(edit: Edit, wish: Wish): void {
  replaced(edit, wish, (child) => {
    const holder = personIn(edit, wish, 'holder');
    return [{ ansvar: ansvarOf(edit, child, holder), ansvarlig: holder }];
  });
}

export function jointResponsibility(edit: Edit, wish: Wish): void {
  const holders = wish['holders'];
  if (!Array.isArray(holders) || holders.length !== 2) throw new BadWish('holders must name two people');
  replaced(edit, wish, () =>
    holders.map((holder: unknown) => ({ ansvar: 'felles', ansvarlig: personIn(edit, { holder }, 'holder') })),
  );
}

export function responsibleOther(edit: Edit, wish: Wish): void {
  replaced(edit, wish, () => [{ ansvar: 'andre', ansvarlig: personIn(edit, wish, 'holder') }]);
}

export function responsibleOrganisation(edit: Edit, wish: Wish): void {
  replaced(edit, wish, () => [
    { ansvar: 'andre', ansvarligOrganisasjon: String(wish['organisation'] ?? childWelfareNumber) },
  ]);
}

export function responsibleUnknown(edit: Edit, wish: Wish): void {
  replaced(edit, wish, () => [{ ansvar: 'ukjent' }]);
}

/** Leaves what is current and adds somebody who holds it alone: the two cannot both be right. */
export function contradictoryResponsibility(edit: Edit, wish: Wish): void {
  const child = personIn(edit, wish, 'child');
  const holder = personIn(edit, wish, 'holder');
  const responsibilities = new Responsibilities(edit, child);
  const entry = { ansvar: ansvarOf(edit, child, holder), ansvarlig: holder };
  responsibilities.add({ ...fresh(edit, validFrom(edit, wish), 'Foreldreansvar'), ...entry });
  responsibilities.announce();
}

/** What is current never was, and what it had ended is current again. */
export function annulResponsibility(edit: Edit, wish: Wish): void {
  const child = personIn(edit, wish, 'child');
  const only = wish['holder'] === undefined ? null : numbersOf(edit, personIn(edit, wish, 'holder'));
  const responsibilities = new Responsibilities(edit, child);
  const wrong = responsibilities
    .current()
    .filter((entry) => only === null || only.has(String(entry['ansvarlig'])));
  if (wrong.length === 0) throw new BadWish('there is no current entry to annul');
  const since = new Set(wrong.map((entry) => entry.gyldighetstidspunkt));
  for (const entry of wrong) responsibilities.annul(entry);
  for (const entry of responsibilities.history())
    if (since.has(entry.opphoerstidspunkt)) responsibilities.reinstate(entry);
  responsibilities.announce();
}
