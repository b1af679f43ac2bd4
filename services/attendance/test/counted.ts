import { newId } from '@ranselpost/kit/ids';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { staff } from '@ranselpost/kit/testing/actors';
import { machine, people, places, tellFamilies } from './families.ts';
import { type World, openWorld } from './world.ts';

/** Leads a unit of after-school care. */
export const afterSchoolLeader = staff();
/** For whom nothing of `children.ours` is counted. */
export const outsiders: readonly Actor[] = [
  ...[people.stranger, people.blocked, people.otherGuardian, people.otherLeader, people.assistant],
  ...[people.office, people.afterSchool, people.teacherOfB, people.formerTeacher, people.administrator],
  ...[afterSchoolLeader, machine, staff(people.mother.personId)],
];

export interface CountedWorld extends World {
  /** As a guardian reports it, and as staff mark it: what there is to count. */
  reported(childId: string, days: readonly string[], unitId?: string): Promise<void>;
  marked(childId: string, day: string, slot: string, standing: string, nth?: number): Promise<void>;
  forgetAll(): Promise<unknown>;
}

/** A world with schools that are open on weekdays alone, on the last Friday of October 2026: a day of school like those before it. */
export async function openCountedWorld(): Promise<CountedWorld> {
  const world = await openWorld();
  const { admin } = world.database;
  await tellFamilies(world.identity, world.database);
  await admin`update unit_calendar set is_open_every_day = false`;
  await world.identity.roles(afterSchoolLeader.personId, [{ role: 'LEADER', unitId: places.afterSchool }]);
  await world.settled();
  return {
    ...world,
    deps: { ...world.deps, now: () => new Date('2026-10-30T10:00:00Z') },
    reported: async (childId, days, unitId = places.school) => {
      for (const day of days) {
        const id = newId();
        await admin`
          insert into absence (id, child_id, unit_id, day, idempotency_key)
          values (${id}, ${childId}, ${unitId}, ${day}, ${id})`;
      }
    },
    marked: async (childId, day, slot, standing, nth = 1) => {
      await admin`
        insert into mark (id, child_id, unit_id, day, slot, nth, standing, marked_at)
        values (${newId()}, ${childId}, ${places.school}, ${day}, ${slot}, ${nth}, ${standing}, now())`;
    },
    forgetAll: () => admin`with a as (delete from absence), l as (delete from lesson) delete from mark`,
  };
}
