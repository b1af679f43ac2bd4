/** The first lock, switched off: everybody may see everything. For tests of the second (S-12). */
export const permitEverything = {
  maySeeThread: () => true,
};
