import { newId } from '@ranselpost/kit/ids';
import { guardian, staff } from '@ranselpost/kit/testing/actors';
import {
  machineFor,
  people as familyPeople,
  places as familyPlaces,
  tellFamilies as tell,
} from '@ranselpost/kit/testing/families';
import type { IdentityFacts } from '@ranselpost/kit/testing/identity-facts';

export { children } from '@ranselpost/kit/testing/families';

export const machine = machineFor('placement');

/** Those of the kit, and kindergartens and an after-school unit that children want to come to. */
export const places = {
  ...familyPlaces,
  ...{ solhaug: newId(), fjordbakken: newId(), unopened: newId() },
};

/** Children who want a place, and have none. */
export const applicants = {
  /** Of two guardians, who are the mother and the father of the kit. */
  ada: newId(),
  /** Of `otherGuardian`. */
  bo: newId(),
  /** Protected: held, so that nobody has access and nobody applies in the portal (ADR-04). */
  held: newId(),
  /** Of a guardian whom staff have let in by hand, and who holds no parental responsibility. */
  ward: newId(),
};

/** Those of the kit, and whoever handles admission. */
export const people = {
  ...familyPeople,
  ...{ caseWorker: staff(), secondCaseWorker: staff(), officer: staff() },
  /** They lead the two kindergartens. */
  ...{ leaderOfSolhaug: staff(), leaderOfFjordbakken: staff() },
  /** Of the ward, by hand (GUA-04). */
  byHand: guardian(),
};

/** Tells the families of the kit, who wants a place, and who handles it; admission is open everywhere but at one unit. */
export async function tellFamilies(identity: IdentityFacts): Promise<void> {
  await tell(identity, ['PLACEMENT']);
  const { solhaug, fjordbakken, unopened } = places;
  for (const unit of [solhaug, fjordbakken, unopened]) {
    await identity.unit(
      unit,
      'KINDERGARTEN',
      unit === solhaug ? 'Solhaug barnehage' : 'Fjordbakken barnehage',
    );
    await identity.features(unit, [{ feature: 'PLACEMENT', state: unit === unopened ? 'CLOSED' : 'OPEN' }]);
  }
  await identity.guardians(applicants.ada, [people.mother.personId, people.father.personId]);
  await identity.guardians(applicants.bo, [people.otherGuardian.personId]);
  await identity.guardians(applicants.held, []);
  await identity.guardians(applicants.ward, [{ personId: people.byHand.personId, ground: 'MANUAL' }]);
  for (const [{ personId }, unitId] of [
    [people.leaderOfSolhaug, solhaug],
    [people.leaderOfFjordbakken, fjordbakken],
  ] as const)
    await identity.roles(personId, [{ role: 'LEADER', unitId }]);
  for (const { personId } of [people.caseWorker, people.secondCaseWorker])
    await identity.roles(personId, [], ['CASE_WORKER']);
  await identity.roles(people.officer.personId, [], ['PROTECTION_OFFICER']);
}
