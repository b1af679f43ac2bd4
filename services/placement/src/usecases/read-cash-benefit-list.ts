import { type Answer, about, aboutNobody } from '@ranselpost/kit/answer';
import type { Actor } from '@ranselpost/kit/pure/actor';
import { localDateAt } from '@ranselpost/kit/pure/dates';
import { AppError } from '@ranselpost/kit/pure/errors';
import { type Result, accept } from '@ranselpost/kit/pure/result';
import { type BenefitRefusal, benefitCsv, benefitLines, decideBenefitMonth } from '../domain/cash-benefit.ts';
import { fullKindergartenHours } from '../domain/price-list.ts';
import { mayBill } from '../domain/report-policy.ts';
import * as applications from '../store/applications.ts';
import * as lines from '../store/benefit-lines.ts';
import * as invoices from '../store/invoices.ts';
import { loadApplicationFacts } from './application-facts.ts';
import type { Deps } from './deps.ts';
import type { InvoiceFile } from './read-invoice-basis.ts';

type Listed = Result<InvoiceFile, BenefitRefusal>;

/** Who of the age for cash benefit had which place in a month (BHG-24): for the same as the basis of bills, with the same left out. */
export const readCashBenefitList = (deps: Deps, actor: Actor, asked: string): Promise<Listed> =>
  deps.db.asActor(actor, async (tx): Promise<Answer<Listed>> => {
    const facts = await loadApplicationFacts(tx, actor, [], deps.now());
    mayBill(actor, facts);
    if (await invoices.isAnywhereHidden(tx)) throw new AppError('FEATURE_CLOSED');
    const month = decideBenefitMonth(asked, localDateAt(deps.now()));
    if (!month.ok) return aboutNobody(month);
    const places = await lines.ofMonth(tx, month.value);
    const list = benefitLines(places, month.value, fullKindergartenHours(deps.priceLists, month.value));
    const childIds = [...new Set(list.map(({ childId }) => childId))];
    const apart = new Set(await applications.keptApart(tx, childIds));
    const reads = childIds.map((childId) => ({
      ...{ childId, kind: 'PLACEMENT' as const, unitId: null },
      ...(apart.has(childId)
        ? { role: 'PROTECTION_OFFICER', rule: 'ADR-04' }
        : { role: 'CASE_WORKER', rule: 'BHG-24' }),
    }));
    return about(reads, accept({ lineCount: list.length, csv: benefitCsv(list) }));
  });
