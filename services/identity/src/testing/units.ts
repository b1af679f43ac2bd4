import type { UnitRecord } from '@ranselpost/schema/events/registry/unit-recorded.v1';
import { recordUnits } from '../usecases/record-units.ts';
import type { World } from './world.ts';

type Said = UnitRecord & { readonly revision: number; readonly readAt: string };

/** What the registers say of a school. */
export const saidOfUnit = (more: Partial<Said> = {}): Said => ({
  ...{
    organisationNumber: '310004561',
    kind: 'SCHOOL',
    name: 'Paraplyen barneskole',
    ownership: 'MUNICIPAL',
  },
  owner: { organisationNumber: '310001236', name: 'TINGVIKA KOMMUNE' },
  ...{ isActive: true, isListed: true, openedOn: '1962-08-20', closedOn: null },
  ...{ email: 'post@paraplyen.example', phone: '900 00 001', website: null },
  postalAddress: { lines: ['Postboks 12'], postcode: '9990', place: 'TINGVIKA' },
  visitingAddress: null,
  ...{ revision: 7, readAt: '2026-11-21T03:00:00.000Z' },
  ...more,
});

export const hearOfUnits = ({ deps }: World, ...units: readonly Said[]): Promise<void> =>
  deps.db.asService((tx) =>
    recordUnits(
      { ...deps, db: tx },
      units.map(({ revision, readAt, ...record }) => ({ revision, readAt, record })),
    ),
  );

/** Gives a unit of the world the number that the registers know it by, and no other unit any. */
export async function aRegisteredUnit(world: World, name: string): Promise<void> {
  await world.database.admin`
    update unit set organisation_number = case when unit_id = ${world.unit[name]!} then ${saidOfUnit().organisationNumber} end`;
  await hearOfUnits(world, saidOfUnit());
}
