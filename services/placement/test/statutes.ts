import { newId } from '@ranselpost/kit/ids';
import type { StatutesTerms } from '../src/domain/statutes.ts';
import { places } from './families.ts';
import { today } from './world.ts';

/** What a kindergarten's statutes may say: who has a sibling there first, then the oldest. */
export const someStatutes = (
  more: Partial<StatutesTerms> = {},
): StatutesTerms & { readonly idempotencyKey: string } => ({
  ...{ unitId: places.solhaug, from: today, noticeMonths: 1, answerDays: 10, silenceDeclines: true },
  ...{ keepWaiting: true, showRank: false, convertible: false, maxSeats: {}, idempotencyKey: newId() },
  priority: { mode: 'firstMatch', groups: ['law18', 'sibling', 'right'], then: ['age:oldest'] },
  ...more,
});
