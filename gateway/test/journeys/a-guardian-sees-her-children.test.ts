import { walkSignIn } from '@ranselpost/infra/simulators/idporten/sign-in';
import { goldenByName } from '@ranselpost/infra/simulators/population/index';
import type { Visitor } from '@ranselpost/infra/visitor/visitor';
import { newId } from '@ranselpost/kit/ids';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askRaw } from './asking.ts';
import { openTown } from './town.ts';

const town = openTown();
afterAll(() => town.close());

const kulerundsSchool = 'Paraplyen skole: 3A, 3A kontaktgruppe 1';
const kindergarten = 'Trillebåra barnehage: Blåbær';
const isBeforeBirthday = localDateAt(new Date()) < '2027-02-01';

interface Family {
  readonly why: string;
  readonly adults: readonly string[];
  /** Each child with the adults who see it, and where it is. */
  readonly children: Readonly<
    Record<string, { readonly by: readonly string[]; readonly at: readonly string[] }>
  >;
  /** What staff have to look at, by child. */
  readonly items?: Readonly<Record<string, readonly string[]>>;
}

const parents = ['mother', 'father'];

/** Who sees whom by what the register says. Restrictions of the municipality's own come with a later issue. */
const families: Readonly<Record<string, Family>> = {
  F1: {
    why: 'married, joint responsibility: both see the same (GUA-01, GUA-03)',
    adults: parents,
    children: {
      older: { by: parents, at: [kulerundsSchool] },
      younger: { by: parents, at: [kindergarten] },
    },
  },
  F2: {
    why: 'the mother alone: the father, though a known parent, sees nobody (GUA-02, GUA-20)',
    adults: parents,
    children: { child: { by: ['mother'], at: ['Paraplyen skole: 4A, 4A kontaktgruppe 1'] } },
  },
  F3: {
    why: 'half-siblings on both sides: each adult sees their own and no other (GUA-02)',
    adults: ['mother', 'father', 'mothersPartner', 'fathersPartner'],
    children: {
      shared: { by: parents, at: ['Paraplyen skole: 5A, 5A kontaktgruppe 1'] },
      mothersOther: { by: ['mother', 'mothersPartner'], at: ['Blyanten skole: 1A, 1A kontaktgruppe 1'] },
      fathersOther: { by: ['father', 'fathersPartner'], at: [kindergarten] },
    },
  },
  F4: {
    why: 'given to the grandmother: nobody sees the child until staff have confirmed (GUA-04)',
    adults: ['grandmother', ...parents],
    children: { child: { by: [], at: [] } },
    items: { child: ['GIVEN_TO_OTHERS'] },
  },
  F5: {
    why: 'an organisation is responsible: nobody sees the child (GUA-17)',
    adults: ['mother'],
    children: { child: { by: [], at: [] } },
    items: { child: ['ORGANISATION_RESPONSIBLE'] },
  },
  F6: {
    why: 'mother and child are strictly protected: everybody is held, the mother too (ADR-04)',
    adults: parents,
    children: { child: { by: [], at: [] } },
    items: { child: ['NO_STAFF_NAMED', 'PROTECTION'] },
  },
  F7: {
    why: 'joint in the register, and nothing of the municipality’s own reduces it yet (GUA-01)',
    adults: parents,
    children: { child: { by: parents, at: ['Paraplyen skole: 7A, 7A kontaktgruppe 1'] } },
  },
  F8: {
    why: 'foster parents live with the child and hold nothing; a client address holds nobody (GUA-02, ADR-14)',
    adults: [...parents, 'fosterMother', 'fosterFather'],
    children: { child: { by: parents, at: [kulerundsSchool] } },
  },
  F9: {
    why: 'the mother alone, before anything changes (GUA-02)',
    adults: parents,
    children: { child: { by: ['mother'], at: ['Blyanten skole: 5A, 5A kontaktgruppe 1'] } },
  },
  F10: {
    why: 'every entry twice and the father by two numbers: each is a guardian once (GUA-26)',
    adults: parents,
    children: { child: { by: parents, at: [kulerundsSchool] } },
  },
  F11: {
    why: 'the father is also the contact teacher, which is nothing to a guardian (GUA-24)',
    adults: parents,
    children: { child: { by: parents, at: ['Paraplyen skole: 5A, 5A kontaktgruppe 1'] } },
  },
  F12: {
    why: 'the mother is reserved from digital mail, which is nothing to the portal (KRR)',
    adults: parents,
    children: {
      child: { by: parents, at: ['Paraplyen skole: 2A, 2A kontaktgruppe 1', 'Paraplyen SFO'] },
    },
  },
  F13: {
    why: 'guardians see a pupil past 15 and until 18 (AGE-05, GUA-14)',
    adults: parents,
    children: {
      pupil: { by: parents, at: ['Paraplyen skole: 9A, 9A kontaktgruppe 1'] },
      latePupil: { by: isBeforeBirthday ? parents : [], at: ['Paraplyen skole: 10A, 10A kontaktgruppe 1'] },
    },
  },
  F14: {
    why: 'twins are at different units, and one of them at two',
    adults: parents,
    children: {
      schoolTwin: { by: parents, at: ['Paraplyen skole: 1A, 1A kontaktgruppe 1', 'Paraplyen SFO'] },
      kindergartenTwin: { by: parents, at: [kindergarten] },
    },
  },
  'odd.jointWithUnidentified': {
    why: 'joint with somebody without a number: the identified one sees the child (GUA-04)',
    adults: ['mother'],
    children: { child: { by: ['mother'], at: ['Paraplyen skole: 4A, 4A kontaktgruppe 1'] } },
    items: { child: ['SECOND_HOLDER_UNIDENTIFIED'] },
  },
  'odd.dNumber': {
    why: 'a child with a D-number and an appointed guardian: nobody by itself (GUA-05, GUA-16)',
    adults: ['verge'],
    children: { child: { by: [], at: [] } },
    items: { child: ['NO_RESPONSIBILITY', 'REPRESENTATIVE_APPOINTED'] },
  },
  'odd.unknown': {
    why: 'responsibility unknown: nobody (GUA-04)',
    adults: [],
    children: { child: { by: [], at: [] } },
    items: { child: ['RESPONSIBILITY_UNKNOWN'] },
  },
  'odd.contradictory': {
    why: 'two who each hold it alone: neither (GUA-05)',
    adults: parents,
    children: { child: { by: [], at: [] } },
    items: { child: ['CONTRADICTORY'] },
  },
  'odd.widow': {
    why: 'the late father is not shown beside the widow (GUA-11)',
    adults: ['mother'],
    children: { child: { by: ['mother'], at: ['Paraplyen skole: 6A, 6A kontaktgruppe 1'] } },
  },
  'odd.twoMothers': {
    why: 'mother and co-mother see the same (GUA-03)',
    adults: ['mother', 'comother'],
    children: { child: { by: ['mother', 'comother'], at: ['Blyanten skole: 1A, 1A kontaktgruppe 1'] } },
  },
};

const known = `fragment Known on Child {
  id name { given family }
  guardians { name { given family } }
  enrolments { unit { name } groups { name } }
}`;
const mine = `query { viewer { roles { id } children { ...Known } } } ${known}`;
const one = `query One($id: ID!) { child(id: $id) { ...Known } } ${known}`;
/** Everything that is told to whoever is signed in, but for the id, which is each one's own. */
const page = `query { viewer { name { given middle family } language
  children { id name { given } enrolments { unit { name } } absences { nodes { id } } } roles { id unit { name } } } }`;

interface Name {
  readonly given: string;
  readonly family: string;
}
interface Child {
  readonly id: string;
  readonly name: Name | null;
  readonly guardians: readonly { readonly name: Name | null }[];
  readonly enrolments: readonly {
    readonly unit: { readonly name: string };
    readonly groups: readonly { readonly name: string }[];
  }[];
}
type Mine = { readonly viewer: { readonly roles: readonly object[]; readonly children: readonly Child[] } };

const fullName = (name: Name | null): string => (name === null ? '?' : `${name.given} ${name.family}`);
const nameOf = (golden: string): string => fullName(goldenByName.get(golden)!);
const shown = ({ name, guardians, enrolments }: Child) => ({
  name: fullName(name),
  guardians: guardians.map((guardian) => fullName(guardian.name)).toSorted(),
  places: enrolments
    .map(({ unit, groups }) => [
      unit.name,
      groups
        .map((group) => group.name)
        .toSorted()
        .join(', '),
    ])
    .map((parts) => parts.filter((part) => part !== '').join(': '))
    .toSorted(),
});

const expectedFor = (key: string, adult: string) =>
  Object.entries(families[key]!.children)
    .filter(([, { by }]) => by.includes(adult))
    .map(([child, { by, at }]) => ({
      name: nameOf(`${key}.${child}`),
      guardians: by.map((other) => nameOf(`${key}.${other}`)).toSorted(),
      places: at.toSorted(),
    }))
    .toSorted((one, other) => one.name.localeCompare(other.name, 'nb'));

const rows = Object.entries(families).flatMap(([key, { why, adults }]) =>
  adults.map((adult) => ({ key, adult, who: `${key}.${adult}`, why })),
);

describe('the golden families', () => {
  test.each(rows)('$who sees what is theirs and nothing else; $key: $why', async ({ key, adult, who }) => {
    const visitor = await town.visit('guardian', who);
    const { data, codes } = await visitor.ask<Mine>(mine);
    expect(codes).toEqual([]);
    const expected = expectedFor(key, adult);
    expect(data?.viewer.children.map(shown)).toEqual(expected);
    expect(data?.viewer.roles).toEqual([]);

    for (const child of data!.viewer.children) {
      const alone = await visitor.ask<{ child: Child | null }>(one, { id: child.id });
      expect(alone.data?.child).toEqual(child);
    }
    const nobody = await askRaw(visitor, one, { id: newId() });
    expect(JSON.parse(nobody.text)).toMatchObject({
      data: { child: null },
      errors: [{ extensions: { code: 'NOT_FOUND' } }],
    });
    for (const [child, { by }] of Object.entries(families[key]!.children)) {
      if (by.includes(adult)) continue;
      const hidden = await askRaw(visitor, one, { id: await town.idOf(`${key}.${child}`) });
      expect(hidden).toEqual(nobody);
    }
  });

  test.each(
    Object.entries(families).flatMap(([key, { children, items = {} }]) =>
      Object.keys(children).map((child) => ({ who: `${key}.${child}`, items: items[child] ?? [] })),
    ),
  )(
    'staff are told what the register leaves open about $who: $items (GUA-04, GUA-05)',
    async ({ who, items }) => {
      // What another journey has had annulled is about the past, and open until somebody has looked at it (FREG-05).
      const open = await town.workItems(await town.idOf(who));
      expect(open.filter((kind) => kind !== 'RESPONSIBILITY_ANNULLED')).toEqual(items);
    },
  );
});

describe('somebody without a child here', () => {
  let stranger: Visitor;
  beforeAll(async () => {
    stranger = await town.visit('guardian', 'staff.caseWorker');
  });

  test('logs in and sees an empty, neutral page (GUA-20)', async () => {
    const { data, codes } = await stranger.ask<Mine>(mine);
    expect(codes).toEqual([]);
    expect(data?.viewer).toEqual({ children: [], roles: [] });
  });

  test.each([
    'F2.father',
    'F4.grandmother',
    'F4.mother',
    'F5.mother',
    'F6.mother',
    'F6.father',
    'odd.contradictory.mother',
  ])(
    'gets the same page to the byte as %s, of whom the municipality knows (GUA-20, ADR-02, S-06)',
    async (who) => {
      const other = await town.visit('guardian', who);
      expect(await askRaw(other, page)).toEqual(await askRaw(stranger, page));
    },
  );

  test('with a foreign electronic id and no number gets no session, and no hint of what is here (GUA-20)', async () => {
    const { jar, callback, pages } = await walkSignIn({
      startUrl: `${town.gateway}/login/guardian`,
      pid: 'eidas',
    });
    expect(callback?.status).toBe(403);
    expect(jar.get(town.gateway, '__Host-session')).toBeUndefined();
    expect(pages.at(-1)?.url).toContain(town.gateway);
    const session = await fetch(`${town.gateway}/session`, { headers: { cookie: jar.header(town.gateway) } });
    expect(session.status).toBe(401);
  });

  test('is nobody without a session: 401, whatever is asked (S-01)', async () => {
    const response = await fetch(`${town.gateway}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: town.gateway },
      body: JSON.stringify({ query: mine }),
    });
    expect(response.status).toBe(401);
  });
});

describe('somebody who is both guardian and teacher (GUA-24)', () => {
  const asStaff = `query { viewer { children { id } roles { kind unit { name } group { name } } } }`;

  test('sees as a guardian their child, and as a teacher their class', async () => {
    const [guardian, teacher] = [
      await town.visit('guardian', 'F11.father'),
      await town.visit('staff', 'F11.father'),
    ];
    const { data } = await teacher.ask<{ viewer: object }>(asStaff);
    const unit = { name: 'Paraplyen skole' };
    const kind = 'CONTACT_TEACHER';
    expect(data?.viewer).toEqual({
      children: [],
      roles: ['5A', '5A kontaktgruppe 1'].map((name) => ({ kind, unit, group: { name } })),
    });
    const classmate = { id: await town.idOf('F3.shared') };
    const { data: seen } = await teacher.ask<{ child: Child }>(one, classmate);
    expect(shown(seen!.child).name).toBe(nameOf('F3.shared'));
    expect(await askRaw(guardian, one, classmate)).toEqual(await askRaw(guardian, one, { id: newId() }));
  });

  test('sees as a teacher no child of another class', async () => {
    const teacher = await town.visit('staff', 'F11.father');
    const nobody = await askRaw(teacher, one, { id: newId() });
    for (const other of ['F1.older', 'F1.younger', 'F6.child'])
      expect(await askRaw(teacher, one, { id: await town.idOf(other) })).toEqual(nobody);
  });
});
