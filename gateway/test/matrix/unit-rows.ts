import { type Table, plain } from './row.ts';

/** Rows of the matrix for what goes with a unit. */
export const unitTypes: Table = {
  UnitContact: plain('phone email openingHours source'),
  UnitRegisterEntry: plain(
    'organisationNumber name ownership owner isActive isListed openedOn closedOn postalAddress visitingAddress email phone website readAt',
  ),
  UnitOwner: plain('organisationNumber name'),
  UnitAddress: plain('lines postcode place'),
  UnitFindingConnection: plain('edges nodes pageInfo'),
  UnitFindingEdge: plain('node cursor'),
  UnitFinding: plain('kind unit register'),
};
