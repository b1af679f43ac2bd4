import { newId } from '../ids.ts';
import type { Actor } from '../pure/actor.ts';
import { addDays, localDateAt } from '../pure/dates.ts';
import type { Feature } from '../pure/features.ts';
import { guardian, staff } from './actors.ts';
import type { IdentityFacts } from './identity-facts.ts';

/** A school with two groups, its after-school unit and a kindergarten; F1's two guardians and their child, and others. */
export const places = {
  ...{ school: newId(), groupA: newId(), groupB: newId() },
  ...{ afterSchool: newId(), afterSchoolGroup: newId(), otherSchool: newId() },
  ...{ kindergarten: newId(), department: newId() },
};

/** Their children. */
export const children = {
  /** F1: two guardians, in group A of the school and in its after-school unit. */
  ours: newId(),
  /** A brother or sister of `ours` with the very same guardians, in group B of the school. */
  sibling: newId(),
  /** In group A, with the mother and another guardian. */
  half: newId(),
  /** In group A, with the guardians of `ours`; protected, and two are named for it: the contact teacher and the leader. */
  hidden: newId(),
  /** Another family's, in group B of the same school. */
  theirs: newId(),
  /** In the kindergarten, with the guardians of `ours`. */
  small: newId(),
  /** Enrolled, and nobody has access: what a held or masked child looks like to us (ADR-04). */
  masked: newId(),
};

/** Whoever looks after them at home and at work, and those who should see nothing of them. */
export const people = {
  mother: guardian(),
  father: guardian(),
  otherGuardian: guardian(),
  stranger: guardian(),
  /** F7: responsible by the register, blocked by the municipality; identity never tells of a grant. */
  blocked: guardian(),
  /** Their access ended at midnight, and identity has not told the end yet (GUA-14). */
  former: guardian(),
  leader: staff(),
  teacher: staff(),
  assistant: staff(),
  office: staff(),
  teacherOfB: staff(),
  afterSchool: staff(),
  kindergartenStaff: staff(),
  /** Of another department of the kindergarten. */
  nextDoor: staff(),
  otherLeader: staff(),
  formerTeacher: staff(),
  /** Of the municipality, and of no unit. */
  administrator: staff(),
};

/** Another system, with leave to write to a service. */
export const machineFor = (service: string): Actor => ({
  kind: 'machine',
  clientId: 'client',
  organisation: '310001236',
  scopes: [`ranselpost:ranselpost/${service}.write`],
});

/** Tells the facts of the families above, and that these features are open at all units. */
export async function tellFamilies(identity: IdentityFacts, features: readonly Feature[]): Promise<void> {
  const today = localDateAt(new Date());
  const { school, groupA, groupB, afterSchool, afterSchoolGroup, otherSchool, kindergarten, department } =
    places;
  await identity.unit(school, 'SCHOOL');
  await identity.unit(afterSchool, 'AFTER_SCHOOL');
  await identity.unit(kindergarten, 'KINDERGARTEN');
  await identity.unit(otherSchool, 'SCHOOL');
  for (const unit of [school, afterSchool, kindergarten, otherSchool])
    await identity.features(
      unit,
      features.map((feature) => ({ feature, state: 'OPEN' })),
    );
  await identity.guardians(children.ours, [
    people.mother.personId,
    { personId: people.father.personId, endsOn: addDays(today, 20) },
    { personId: people.former.personId, endsOn: today },
  ]);
  for (const childId of [children.sibling, children.hidden])
    await identity.guardians(childId, [
      people.mother.personId,
      { personId: people.father.personId, endsOn: addDays(today, 20) },
    ]);
  await identity.guardians(children.half, [people.mother.personId, people.otherGuardian.personId]);
  await identity.guardians(children.small, [people.mother.personId, people.father.personId]);
  await identity.guardians(children.theirs, [people.otherGuardian.personId]);
  await identity.guardians(children.masked, []);
  await identity.enrolments(children.ours, [
    { unitId: school, groupIds: [groupA] },
    { unitId: afterSchool, groupIds: [afterSchoolGroup] },
  ]);
  await identity.enrolments(children.sibling, [{ unitId: school, groupIds: [groupB] }]);
  await identity.enrolments(children.half, [{ unitId: school, groupIds: [groupA] }]);
  await identity.enrolments(
    children.hidden,
    [{ unitId: school, groupIds: [groupA] }],
    [people.teacher, people.leader].map(({ personId }) => ({
      personId,
      from: '2020-01-01',
      to: '2099-01-01',
    })),
  );
  await identity.enrolments(children.theirs, [{ unitId: school, groupIds: [groupB] }]);
  await identity.enrolments(children.small, [{ unitId: kindergarten, groupIds: [department] }]);
  await identity.enrolments(children.masked, [{ unitId: school, groupIds: [groupA] }]);
  const roles = [
    [people.leader, { role: 'LEADER', unitId: school }],
    [people.office, { role: 'ADMINISTRATOR', unitId: school }],
    [people.teacher, { role: 'CONTACT_TEACHER', unitId: school, groupId: groupA }],
    [people.teacherOfB, { role: 'CONTACT_TEACHER', unitId: school, groupId: groupB }],
    [people.assistant, { role: 'ASSISTANT', unitId: school, groupId: groupA }],
    [people.formerTeacher, { role: 'CONTACT_TEACHER', unitId: school, groupId: groupA, to: '2024-08-01' }],
    [people.afterSchool, { role: 'AFTER_SCHOOL', unitId: afterSchool }],
    [people.kindergartenStaff, { role: 'KINDERGARTEN', unitId: kindergarten, groupId: department }],
    [people.nextDoor, { role: 'KINDERGARTEN', unitId: kindergarten, groupId: newId() }],
    [people.otherLeader, { role: 'LEADER', unitId: otherSchool }],
  ] as const;
  for (const [{ personId }, role] of roles) await identity.roles(personId, [role]);
  await identity.roles(people.administrator.personId, [], ['MUNICIPAL_ADMINISTRATOR']);
}
