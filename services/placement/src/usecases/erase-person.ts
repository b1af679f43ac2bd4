import type { Tx } from '@ranselpost/kit/database';
import * as appeals from '../store/appeals.ts';
import * as applications from '../store/applications.ts';
import * as benefitLines from '../store/benefit-lines.ts';
import * as childFacts from '../store/child-facts.ts';
import * as claimDocuments from '../store/claim-documents.ts';
import * as claims from '../store/claims.ts';
import * as considered from '../store/considered-children.ts';
import * as letters from '../store/decision-letters.ts';
import * as offers from '../store/offers.ts';
import * as reductions from '../store/reduced-payments.ts';
import * as rounds from '../store/rounds.ts';
import * as runs from '../store/runs.ts';
import * as schoolStarts from '../store/school-starts.ts';
import * as statutes from '../store/statutes.ts';

/**
 * Erases what placement has of somebody: what admission knew of a child, its applications, what was claimed with them, what it was
 * offered, had and waited for, simulations that it is in, what its household applied to pay; and by whom those of others were written, decided and answered, statutes adopted, rounds moved and seats decided,
 * which stand (RET-08).
 */
export async function erasePerson(tx: Tx, personId: string): Promise<void> {
  // While it is still known who the child is: what the list for cash benefit has of it stays (RET-06).
  await benefitLines.keepOfErased(tx, personId);
  await letters.erasePerson(tx, personId);
  await appeals.erasePerson(tx, personId);
  await offers.erasePerson(tx, personId);
  await schoolStarts.erasePerson(tx, personId);
  // By the child's applications it is known what else is about it.
  await runs.erasePerson(tx, personId);
  await applications.erasePerson(tx, personId);
  await childFacts.forget(tx, personId);
  await childFacts.unshield(tx, personId);
  await claimDocuments.erasePerson(tx, personId);
  await claims.erasePerson(tx, personId);
  await reductions.erasePerson(tx, personId);
  await statutes.erasePerson(tx, personId);
  await rounds.erasePerson(tx, personId);
  // Last: whatever goes of a child above has it looked at once more.
  await considered.erasePerson(tx, personId);
}
