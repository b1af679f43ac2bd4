import { useState } from 'react';
import {
  ReportAbsence,
  type ReportAbsenceMutation,
  type ReportAbsenceMutationVariables,
} from '../../graph/generated/operations.ts';
import { useChange } from '../../graph/use-graph.ts';

type Report = Omit<ReportAbsenceMutationVariables['input'], 'idempotencyKey'>;
export type ReportResult = ReportAbsenceMutation['reportAbsence'];

/** Reports absence once, however often a lost answer has it sent: the key stays until there is one (S-22). */
export function useReport() {
  const change = useChange(ReportAbsence);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const send = (report: Report): void =>
    change.mutate(
      { input: { ...report, idempotencyKey: key } },
      { onSuccess: () => setKey(crypto.randomUUID()) },
    );
  return { send, isPending: change.isPending, error: change.error, result: change.data?.data.reportAbsence };
}
