import {
  type Service,
  type ServiceOptions,
  startSubgraphService,
} from '@ranselpost/kit/testing/subgraph-service';

export type { Service } from '@ranselpost/kit/testing/subgraph-service';

export const startService = (options: ServiceOptions): Promise<Service> =>
  startSubgraphService('attendance', options);

export const childAbsences = `query ($id: ID!) {
  _entities(representations: [{ __typename: "Child", id: $id }]) {
    ... on Child { absences { nodes { id day cause child { id } unit { id } } } }
  }
}`;

export const reportAbsence = `mutation ($input: ReportAbsenceInput!) {
  reportAbsence(input: $input) {
    __typename
    ... on AbsenceReported { absence { id day cause reportedAt child { id } unit { id } } }
    ... on Refusal { code message }
    ... on AbsenceDayPast { firstPossibleDay }
    ... on AbsenceAlreadyReported { absence { id cause } }
  }
}`;
