import { type Actor, isPerson } from '@ranselpost/kit/pure/actor';
import { AppError } from '@ranselpost/kit/pure/errors';
import type { Result } from '@ranselpost/kit/pure/result';
import {
  type PriceLists,
  type PriceQuestion,
  type PriceRefusal,
  type Prices,
  decidePrices,
} from '../domain/price-list.ts';
import type { Deps } from './deps.ts';

const [mostChildren, mostMonths] = [10, 24];

/** Nothing is read of anybody, and nothing is kept: whoever is signed in may ask (P19). */
export function pricePlaces(
  { priceLists }: Pick<Deps, 'priceLists'>,
  actor: Actor,
  care: keyof PriceLists,
  question: PriceQuestion,
): Result<Prices, PriceRefusal> {
  if (!isPerson(actor)) throw new AppError('FORBIDDEN');
  const { children, months, income } = question;
  const isWhole =
    children.length >= 1 &&
    children.length <= mostChildren &&
    new Set(children.map(({ key }) => key)).size === children.length &&
    children.every(({ key }) => key !== '') &&
    months >= 1 &&
    months <= mostMonths &&
    (income === null || income >= 0);
  if (!isWhole) throw new AppError('BAD_USER_INPUT');
  return decidePrices(priceLists[care], question);
}
