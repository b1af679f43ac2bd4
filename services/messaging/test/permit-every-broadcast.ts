/** The first lock on broadcasts and news, switched off: everybody may everything. For tests of the second (S-12). */
export const permitEveryBroadcast = {
  speaksAt: () => true,
  mayBroadcast: () => {},
  maySayUrgent: () => true,
  maySeeBroadcast: () => true,
  maySeeSending: () => true,
  mayTakeBack: () => {},
};
