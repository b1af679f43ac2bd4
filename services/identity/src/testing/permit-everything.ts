const yes = () => ({ isPermitted: true, rule: 'none' });

/** A policy that has forgotten every rule. */
export const permitEverything = {
  mayReadChild: yes,
  mayReadEnrolment: yes,
  mayKnowGuardian: yes,
  mayReadUnit: yes,
  mayReadGroup: yes,
};
