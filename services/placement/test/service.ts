import { newId } from '@ranselpost/kit/ids';
import {
  type Service,
  type ServiceOptions,
  startSubgraphService,
} from '@ranselpost/kit/testing/subgraph-service';
import { sealPair } from '@ranselpost/kit/testing/seal-pair';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKeysText } from './children.ts';

export type { Service } from '@ranselpost/kit/testing/subgraph-service';

/** What places cost from August 2026 on, in the words of the configuration. */
const prices = {
  kindergarten: [
    {
      ...{ from: '2026-08-01', food: 340, freeMonths: ['07'], reductionEnds: '07', countsFirstDay: false },
      rates: {
        ...{ maxMonthly: 1200, months: 11, incomePct: 0.06, siblingDiscount: [0, 0.3, 1] },
        ...{ siblingBase: 'firstChild', coreHours: 20, coreIncomeLimit: 642_700 },
        ...{ combine: 'lowerOf', roundTo: 1 },
      },
      places: [{ weeklyHours: 45, listPrice: 1200 }],
    },
  ],
};

export const startService = (options: ServiceOptions): Promise<Service> =>
  startSubgraphService('placement', options, {
    PLACE_PRICES: JSON.stringify(prices),
    PLACEMENT_OPEN_KEYS: openKeysText,
    OUTBOUND_SEAL_KEY: JSON.stringify(sealPair().publicKey),
    FILE_KEYS: `k:${Buffer.alloc(32, 1).toString('base64')}`,
    FILE_FOLDER: join(tmpdir(), `placement-files-${newId()}`),
  });

export const placePrices = `query ($input: PlacePricesInput!) {
  placePrices(input: $input) {
    __typename
    ... on PlacePrices { months { month children { key kroner food } } reducedFrom reducedTo }
    ... on PlacePricesRefused { code weeklyHours }
  }
}`;
export const placeStart = `query ($bornOn: Date!, $admissionYear: Int!) {
  placeStart(bornOn: $bornOn, admissionYear: $admissionYear) { earliest latest ageGroup }
}`;

const statutes = `id version from noticeMonths keepWaiting showRank answerDays silenceDeclines convertible adoptedAt
  unit { id } priority { mode groups points { flag points } criteria } maxSeats { group seats }`;

export const unitStatutes = `query ($id: ID!) {
  _entities(representations: [{ __typename: "Unit", id: $id }]) { ... on Unit { statutes { ${statutes} } } }
}`;
export const unitCriteria = `query ($id: ID!) { admissionUnit(id: $id) { id admissionCriteria { ${statutes} } } }`;
export const adoptStatutes = `mutation ($input: AdoptStatutesInput!) {
  adoptStatutes(input: $input) {
    __typename
    ... on StatutesAdopted { statutes { ${statutes} } }
    ... on Refusal { code message }
    ... on StatutesRefused { earliest places }
    ... on FeatureClosed { state instead { id } }
  }
}`;
