import { people } from './columns.ts';
import { type Table, only, plain } from './row.ts';

/** What anybody may know of units. */
export const unitQueries = { unitDirectory: only(people, 'FORBIDDEN', 'P03 ADR-04') };

/** Rows of the matrix for what goes with a unit. */
export const unitTypes: Table = {
  UnitContact: plain('phone email openingHours source'),
  UnitRegisterEntry: plain(
    'organisationNumber name ownership owner isActive isListed openedOn closedOn postalAddress visitingAddress email phone website readAt',
  ),
  UnitOwner: plain('organisationNumber name'),
  UnitAddress: plain('lines postcode place'),
  ListedUnitConnection: plain('edges nodes pageInfo'),
  ListedUnitEdge: plain('node cursor'),
  ListedUnit: plain('id name kind ownership visitingAddress phone website'),
  UnitFindingConnection: plain('edges nodes pageInfo'),
  UnitFindingEdge: plain('node cursor'),
  UnitFinding: plain('kind unit register'),
};
