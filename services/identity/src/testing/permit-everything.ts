const yes = () => ({ isPermitted: true, rule: 'none' });

const everything = [
  'LEADER_IN_CHARGE',
  'CASE_WORKER',
  'PROTECTION_OFFICER',
  'MUNICIPAL_ADMINISTRATOR',
  'PRIVACY_OFFICER',
  'LEADER_OF_UNIT',
];

/** A policy that has forgotten every rule. Days are not its own to forget. */
export const permitEverything = {
  isInGroupToday: (_facts: unknown, { groupIds }: { groupIds: readonly string[] }, groupId: string) =>
    groupIds.includes(groupId),
  mayReadChild: yes,
  mayNameConsidered: yes,
  mayReadEnrolment: yes,
  mayKnowGuardian: yes,
  mayReadUnit: yes,
  mayReadGroup: yes,
  mayListGroup: yes,
  mayDecide: () => true,
  capacitiesFor: () => everything,
  capacitiesInMunicipality: () => everything,
  capacitiesInQuarantine: () => everything,
  capacitiesAtUnit: () => everything,
};

/** The same for who may be told of whose access. */
export const explainEverything = {
  standingTowards: () => 'guardian',
  mayReadAlarms: () => true,
  mayReview: () => true,
  mayKnowOfReading: () => true,
  mayKnowOfCharge: () => true,
  mayKnowName: () => true,
  mayKnowRecord: () => true,
};
