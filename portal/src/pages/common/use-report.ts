import { useState } from 'react';
import { Away } from '../../graph/ask.ts';
import { ReportAbsence } from '../../graph/generated/operations.ts';
import { useChange } from '../../graph/use-graph.ts';
import { type ReportInput, waitingReports } from '../../offline/waiting-reports.ts';

type Report = Omit<ReportInput, 'idempotencyKey'>;

/** Reports absence once, however often a lost answer has it sent: the key stays until there is one (S-22). Where nobody answers, the report waits. */
export function useReport() {
  const change = useChange(ReportAbsence);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [isWaiting, setWaiting] = useState(false);
  const send = (report: Report, about: string): void => {
    const input = { ...report, idempotencyKey: key };
    change.mutate(
      { input },
      {
        onSuccess: () => setKey(crypto.randomUUID()),
        onError: (error) => {
          if (!(error instanceof Away)) return;
          waitingReports.add(input, about);
          setWaiting(true);
          setKey(crypto.randomUUID());
        },
      },
    );
  };
  return {
    ...{ send, isWaiting, isPending: change.isPending },
    error: change.error instanceof Away ? null : change.error,
    result: change.data?.data.reportAbsence,
  };
}
