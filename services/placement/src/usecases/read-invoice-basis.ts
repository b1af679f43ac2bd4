import { type Answer, about, aboutNobody } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import {
  type InvoiceRefusal,
  decideBilledMonth,
  decideInvoiceBasis,
  toCsv,
} from '../domain/invoice-basis.ts';
import type { PaidCare } from '../domain/reduced-payment.ts';
import { mayBill } from '../domain/report-policy.ts';
import * as applications from '../store/applications.ts';
import * as invoices from '../store/invoices.ts';
import { loadApplicationFacts } from './application-facts.ts';
import type { Deps } from './deps.ts';

/** A file for the system that sends bills. */
export interface InvoiceFile {
  readonly lineCount: number;
  readonly csv: string;
}

type Billed = Result<InvoiceFile, InvoiceRefusal>;

/** Who pays what in a month (P18): a case worker's file is without protected children and without their own, which are in a protection officer's and in another's. */
export const readInvoiceBasis = (
  deps: Deps,
  actor: Actor,
  { care, month: asked }: { readonly care: PaidCare; readonly month: string },
): Promise<Billed> =>
  deps.db.asActor(actor, async (tx): Promise<Answer<Billed>> => {
    const facts = await loadApplicationFacts(tx, actor, [], deps.now());
    mayBill(actor, facts);
    if (await invoices.isAnywhereHidden(tx)) throw new AppError('FEATURE_CLOSED');
    const lists = deps.priceLists[care];
    const month = decideBilledMonth(asked, lists, localDateAt(deps.now()));
    if (!month.ok) return aboutNobody(month);
    const children = await invoices.billedChildren(tx, care, month.value);
    const granted = await invoices.grantedIn(tx, care, month.value);
    const lines = decideInvoiceBasis(lists, { care, month: month.value, children, granted });
    if (!lines.ok) return aboutNobody(lines);
    const apart = new Set(
      await applications.keptApart(
        tx,
        children.map(({ childId }) => childId),
      ),
    );
    const reads = children.map(({ childId }) => ({
      ...{ childId, kind: 'PLACEMENT' as const, unitId: null },
      ...(apart.has(childId)
        ? { role: 'PROTECTION_OFFICER', rule: 'ADR-04' }
        : { role: 'CASE_WORKER', rule: 'PAY-01' }),
    }));
    return about(reads, accept({ lineCount: lines.value.length, csv: toCsv(lines.value) }));
  });
