import type { Directory, LoginPerson } from '../oidc/profile.ts';
import { goldenByName } from '../population/index.ts';
import type { Person, Population } from '../population/index.ts';

/** A login over the border: no national number, so nobody's guardianship can be derived from it. */
export const eidasPerson: LoginPerson = {
  id: 'eidas:SE/NO/8f2d41c6',
  name: 'KNUDRETE GLOBUS',
  heading: 'eIDAS, uten norsk nummer',
  detail: 'SE/NO/8f2d41c6, født 1984-07-19',
  aliases: ['eidas'],
};

const headings: Readonly<Record<string, string>> = {
  F1: 'gift, felles ansvar',
  F2: 'mor alene, far kjent',
  F3: 'felles, bor hver for seg, halvsøsken',
  F4: 'ansvar hos mormor',
  F5: 'ansvar hos en organisasjon',
  F6: 'mor og barn på strengt fortrolig adresse',
  F7: 'felles, kontaktforbud mot far',
  F8: 'omsorgsvedtak, fosterforeldre',
  F9: 'mor alene, endres i løpet av en uke',
  F10: 'alt registrert to ganger, D-nummer',
  F11: 'far er kontaktlærer',
  F12: 'mor er reservert',
  F13: 'fyller 15 og 18',
  F14: 'tvillinger i skole og barnehage',
  apply: 'barn uten plass',
  odd: 'Enkelttilfeller',
  staff: 'Ansatte',
};

/** Everybody old enough to have an electronic identity. */
export function guardiansDirectory(population: Population, today = new Date()): Directory {
  const goldenNames = new Map<string, string>();
  for (const [name, person] of goldenByName) {
    if (!goldenNames.has(person.number)) goldenNames.set(person.number, name);
  }
  const oldEnough = `${today.getFullYear() - 13}${today.toISOString().slice(4, 10)}`;
  const mayLogIn = (person: Person | undefined): person is Person =>
    person !== undefined && person.status !== 'doed' && person.born <= oldEnough;

  const toLogin = (person: Person): LoginPerson => {
    const golden = goldenNames.get(person.number);
    const family = golden?.split('.')[0] ?? '';
    const heading = headings[family] ?? 'Andre innbyggere';
    return {
      id: person.number,
      name: `${person.given} ${person.family}`,
      heading: family.startsWith('F') ? `${family} ${heading}` : heading,
      detail: [golden, person.number, person.kind === 'child' ? 'barn' : undefined]
        .filter(Boolean)
        .join(' · '),
      aliases: golden === undefined ? [] : [golden],
    };
  };

  return {
    find(idOrAlias) {
      if (idOrAlias === eidasPerson.id || eidasPerson.aliases.includes(idOrAlias)) return eidasPerson;
      const person = goldenByName.get(idOrAlias) ?? population.byNumber(idOrAlias);
      return mayLogIn(person) ? toLogin(person) : undefined;
    },
    search(query, limit) {
      const words = query.toLowerCase().split(/\s+/).filter(Boolean);
      const people: LoginPerson[] = [];
      let total = 0;
      const consider = (text: string, login: () => LoginPerson): void => {
        if (!words.every((word) => text.includes(word))) return;
        total += 1;
        if (people.length < limit) people.push(login());
      };
      for (const person of population.people) {
        if (!mayLogIn(person)) continue;
        const golden = goldenNames.get(person.number) ?? '';
        const text = `${person.given} ${person.family} ${person.number} ${golden} ${headings[golden.split('.')[0] ?? ''] ?? ''}`;
        consider(text.toLowerCase(), () => toLogin(person));
      }
      const { name, heading, detail } = eidasPerson;
      consider(`${name} ${heading} ${detail}`.toLowerCase(), () => eidasPerson);
      return { people, total };
    },
  };
}
