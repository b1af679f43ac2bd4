import {
  type Service,
  type ServiceOptions,
  startSubgraphService,
} from '@ranselpost/kit/testing/subgraph-service';

export type { Service } from '@ranselpost/kit/testing/subgraph-service';

export const startService = (options: ServiceOptions): Promise<Service> =>
  startSubgraphService('placement', options);

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
