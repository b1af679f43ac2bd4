import {
  type Service,
  type ServiceOptions,
  startSubgraphService,
} from '@ranselpost/kit/testing/subgraph-service';
import { sealPair } from '@ranselpost/kit/testing/seal-pair';

export type { Service } from '@ranselpost/kit/testing/subgraph-service';

export const startService = (options: ServiceOptions): Promise<Service> =>
  startSubgraphService('attendance', options, {
    OUTBOUND_SEAL_KEY: JSON.stringify(sealPair().publicKey),
  });

export const childAbsences = `query ($id: ID!) {
  _entities(representations: [{ __typename: "Child", id: $id }]) {
    ... on Child { absences { nodes { id day cause child { id } unit { id } } } }
  }
}`;

export const reportAbsence = `mutation ($input: ReportAbsenceInput!) {
  reportAbsence(input: $input) {
    __typename
    ... on AbsenceReported { outcomes {
      absences { id day cause reportedAt child { id } unit { id } } knownDays skippedDays { day reason }
      refusal { __typename ... on Refusal { code message } } } }
    ... on Refusal { code message }
    ... on AbsenceDayPast { firstPossibleDay }
  }
}`;

interface One {
  readonly childId: string;
  readonly unitId: string;
  readonly day: string;
}
/** The input of a report of one child, unit and day. */
export const inputOf = <Report extends One>({ childId, unitId, day, ...rest }: Report) => ({
  ...rest,
  ...{ places: [{ childId, unitId }], firstDay: day },
});

/** The first absence that a report was answered with. */
export const absenceOf = (data: Record<string, unknown> | null | undefined): { readonly id: string } =>
  (data!['reportAbsence'] as { outcomes: { absences: { id: string }[] }[] }).outcomes[0]!.absences[0]!;
