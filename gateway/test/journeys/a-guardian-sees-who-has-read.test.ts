import { readFileSync } from 'node:fs';
import { eventually } from '@ranselpost/kit/testing/eventually';
import type { Visitor } from '@ranselpost/infra/visitor/visitor';
import { newId } from '@ranselpost/kit/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { absencesOf } from './absences.ts';
import { askRaw } from './asking.ts';
import { openTown } from './town.ts';

const town = openTown();
afterAll(() => town.close());

const operation = (name: string) =>
  readFileSync(new URL(`../../../schema/operations/${name}.graphql`, import.meta.url), 'utf8');
const childAccess = operation('child-access');
type Access = {
  readonly child: {
    readonly accessExplained: {
      readonly guardians: readonly { readonly ground: string; readonly record: object | null }[];
      readonly staff: readonly { readonly role: string; readonly unit: { readonly name: string } | null }[];
    } | null;
    readonly accessLog: {
      readonly nodes: readonly {
        readonly kind: string;
        readonly role: string;
        readonly staff: { readonly id: string };
      }[];
    } | null;
  } | null;
};

let [mother, father, teacher]: Visitor[] = [];
let child: string;
let teacherId: string;
beforeAll(async () => {
  [mother, father, teacher] = [
    await town.visit('guardian', 'F10.mother'),
    await town.visit('guardian', 'F10.father'),
    await town.visit('staff', 'staff.contactTeacher'),
  ];
  child = await town.idOf('F10.child');
  teacherId = (await teacher.ask<{ viewer: { id: string } }>('{ viewer { id } }')).data!.viewer.id;
});

const readingsIn = async (visitor: Visitor, ofKind: string) =>
  (await visitor.ask<Access>(childAccess, { id: child, first: 100 })).data!.child!.accessLog!.nodes.filter(
    ({ kind, staff }) => kind === ofKind && staff.id === teacherId,
  );

describe('a teacher looks at a child (S-11, V04)', () => {
  test('and both guardians see that, from every service that told something, in what role', async () => {
    const before = {
      child: (await readingsIn(mother!, 'CHILD')).length,
      absence: (await readingsIn(mother!, 'ABSENCE')).length,
    };
    expect(await absencesOf(teacher!, child)).not.toBeNull();
    await eventually(async () => {
      for (const guardian of [mother!, father!]) {
        const absences = await readingsIn(guardian, 'ABSENCE');
        expect(absences.length).toBe(before.absence + 1);
        expect(absences[0]).toMatchObject({ role: 'CONTACT_TEACHER' });
        expect((await readingsIn(guardian, 'CHILD')).length).toBe(before.child + 1);
      }
    }, 20_000);
  });

  test('and guardians’ own looking leaves nothing', async () => {
    const before = (await mother!.ask<Access>(childAccess, { id: child, first: 100 })).data!.child!.accessLog!
      .nodes;
    await absencesOf(father!, child);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(
      (await mother!.ask<Access>(childAccess, { id: child, first: 100 })).data!.child!.accessLog!.nodes,
    ).toEqual(before);
  });

  test('and whoever has no access sees no child, no log and no reason (GUA-20)', async () => {
    for (const who of ['F2.father', 'F1.mother'] as const) {
      const visitor = await town.visit('guardian', who);
      expect(await askRaw(visitor, childAccess, { id: child })).toEqual(
        await askRaw(visitor, childAccess, { id: newId() }),
      );
    }
    const { data } = await teacher!.ask<Access>(childAccess, { id: child });
    expect(data?.child).toMatchObject({ accessExplained: null, accessLog: null });
  });
});

describe('who can see my child (X02, GUA-25)', () => {
  test('is told to each guardian the same, but for the record by which they are one themselves', async () => {
    const [hers, his] = await Promise.all(
      [mother!, father!].map(
        async (visitor) =>
          (await visitor.ask<Access>(childAccess, { id: child })).data!.child!.accessExplained!,
      ),
    );
    expect(hers!.guardians.map(({ ground }) => ground)).toEqual(Array(2).fill('PARENTAL_RESPONSIBILITY'));
    expect(hers!.guardians.filter(({ record }) => record !== null)).toHaveLength(1);
    const withoutRecord = ({ guardians }: typeof hers & object) =>
      guardians.map((one) => ({ ...one, record: null }));
    expect(withoutRecord(hers!)).toEqual(withoutRecord(his!));
    expect(his!.staff).toEqual(hers!.staff);
    expect(hers!.staff.map(({ role }) => role)).toEqual(
      expect.arrayContaining(['LEADER', 'CONTACT_TEACHER', 'ADMINISTRATOR']),
    );
  });
});

test('a leader reviews who can see the children of the unit, and nobody else does (D09)', async () => {
  const review = operation('access-review');
  const leader = await town.visit('staff', 'staff.schoolLeader');
  const units = `{ viewer { roles { kind unit { id } } } }`;
  type Roles = { viewer: { roles: readonly { kind: string; unit: { id: string } }[] } };
  const unitId = (await leader.ask<Roles>(units)).data!.viewer.roles.find(({ kind }) => kind === 'LEADER')!
    .unit.id;
  type Review = { unit: { accessReview: { nodes: readonly object[] } | null } | null };
  const { data, codes } = await leader.ask<Review>(review, { unitId });
  expect(codes).toEqual([]);
  expect(data?.unit?.accessReview?.nodes.length).toBeGreaterThan(5);
  expect((await teacher!.ask<Review>(review, { unitId })).data?.unit?.accessReview).toBeNull();
});
