/** The first lock, switched off: everybody may see and do everything. For tests of the second (S-12). */
export const permitEverything = {
  groundOfReading: () => ({ role: 'LEADER', rule: 'S-02' }),
  maySeeEntry: () => true,
  mayListUnit: () => true,
  mayTendThread: () => true,
  maySeeThread: () => true,
  maySeeMessage: () => true,
  mayStartThread: () => {},
  mayAnswer: () => {},
  mayRelease: () => {},
  mayWithdraw: () => {},
  mayMoveToCase: () => {},
};
