import { createHash } from 'node:crypto';
import type { Directory, LoginPerson } from '../oidc/profile.ts';
import { goldenByName } from '../population/index.ts';
import type { Group, Membership, Person, Population, Unit } from '../population/index.ts';
import { feideRealm } from '../population/units.ts';

export interface FeidePerson {
  readonly person: Person;
  /** The Feide name, `eduPersonPrincipalName`. */
  readonly name: string;
  readonly title: string;
  readonly affiliation: 'faculty' | 'employee' | 'student';
  readonly memberships: readonly Membership[];
}

const titles: Readonly<Record<string, string>> = {
  'head teacher': 'rektor',
  'contact teacher': 'kontaktlærer',
  teacher: 'lærer',
  assistant: 'assistent',
  'school office': 'skolekontor',
  'after-school leader': 'SFO-leder',
  'after-school staff': 'SFO-medarbeider',
  'kindergarten leader': 'styrer',
  'pedagogical leader': 'pedagogisk leder',
  'kindergarten assistant': 'barnehageassistent',
  'admission case worker': 'saksbehandler for opptak',
  'case worker': 'saksbehandler',
  administrator: 'administrator',
};

/** Everybody with a Feide account: those who work for the municipality, and the pupils, who have no business here. */
export class FeidePeople implements Directory {
  readonly #byName = new Map<string, FeidePerson>();
  readonly #byNumber = new Map<string, FeidePerson>();
  readonly #nameBySubject = new Map<string, string>();
  readonly #goldenName = new Map<string, string>();

  constructor({ staff, memberships }: Population) {
    for (const [name, { number }] of goldenByName) {
      // A guardian who works here is sought as staff on this page.
      if (name.startsWith('staff.') || !this.#goldenName.has(number)) this.#goldenName.set(number, name);
    }
    const byPerson = Map.groupBy(memberships, (membership) => membership.person);
    for (const { person, feide, title } of staff) {
      const own = (byPerson.get(person) ?? []).filter((membership) => membership.role !== '01');
      const teaches = own.some(({ role }) => role === '02' || role === '06');
      this.#add({
        person,
        name: feide,
        title: titles[title] ?? title,
        affiliation: teaches ? 'faculty' : 'employee',
        memberships: own,
      });
    }
    for (const [person, own] of byPerson) {
      const isPupil = own.some(
        ({ role, target }) => role === '01' && 'kind' in target && target.kind === 'school',
      );
      const name = `elev${person.index}@${feideRealm}`;
      if (isPupil) this.#add({ person, name, title: 'elev', affiliation: 'student', memberships: own });
    }
  }

  #add(account: FeidePerson): void {
    this.#byName.set(account.name, account);
    this.#byNumber.set(account.person.number, account);
  }

  /** Feide's subject is a UUID that is the same for every service. */
  subjectOf(name: string): string {
    const hex = createHash('sha256').update(`feide ${name}`).digest('hex');
    const subject = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
    this.#nameBySubject.set(subject, name);
    return subject;
  }

  nameOf(subject: string): string {
    return this.#nameBySubject.get(subject) ?? subject;
  }

  account(name: string): FeidePerson | undefined {
    return this.#byName.get(name);
  }

  find(idOrAlias: string): LoginPerson | undefined {
    const number = goldenByName.get(idOrAlias)?.number ?? idOrAlias;
    const account = this.#byName.get(idOrAlias) ?? this.#byNumber.get(number);
    return account && this.#toLogin(account);
  }

  search(query: string, limit: number): { people: LoginPerson[]; total: number } {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const people: LoginPerson[] = [];
    let total = 0;
    for (const account of this.#byName.values()) {
      const login = this.#toLogin(account);
      const text = `${login.name} ${login.heading} ${login.detail} ${account.person.number}`.toLowerCase();
      if (!words.every((word) => text.includes(word))) continue;
      total += 1;
      if (people.length < limit) people.push(login);
    }
    return { people, total };
  }

  #toLogin(account: FeidePerson): LoginPerson {
    const { person, name, title, memberships } = account;
    const golden = this.#goldenName.get(person.number);
    const unit = unitOf(memberships)?.name ?? 'Uten enhet';
    const classes = memberships.flatMap(({ target }) =>
      isGroup(target) && target.kind === 'basis' ? [target.name] : [],
    );
    const ended = memberships.length > 0 && memberships.every(({ to }) => to !== null);
    const detail = [title, ...classes, golden, name, ended && 'har sluttet'].filter(Boolean).join(' · ');
    return {
      id: name,
      name: `${person.given} ${person.family}`,
      heading: account.affiliation === 'student' ? `Elever, ${unit}` : unit,
      detail,
      aliases: golden === undefined ? [person.number] : [person.number, golden],
    };
  }
}

export function isGroup(target: Unit | Group): target is Group {
  return 'unit' in target;
}

function unitOf(memberships: readonly Membership[]): Unit | undefined {
  const target = (memberships.find(({ to }) => to === null) ?? memberships[0])?.target;
  return target && isGroup(target) ? target.unit : target;
}
