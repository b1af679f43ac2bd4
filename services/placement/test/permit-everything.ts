/** The first lock, switched off: everybody may do and see everything. For tests of the second (S-12). */
export const permitEverything = {
  isCaseWorker: () => true,
  isLeaderOf: () => true,
  isResponsibleFor: () => true,
  isPerson: () => true,
  mayAdoptStatutes: () => {},
  mayReadStatutes: () => true,
};

/** The same, of offers, places and waiting lists. */
export const permitOffers = {
  offerSightOf: () => 'GUARDIAN',
  maySeePlaceAt: () => true,
  mayAnswerFor: () => {},
  mayOfferTo: () => {},
  mayChangeSeats: () => {},
  maySeePool: () => true,
  maySeeList: () => true,
};
