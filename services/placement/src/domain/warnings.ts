import type { Instance } from './instance.ts';

/** What is allowed, and what whoever decides on a round should know before they do. */
export interface Warning {
  readonly code: 'W_NOT_STRATEGYPROOF' | 'W_FEW_WISHES' | 'W_CONVERTS_NOTHING' | 'W_UNUSED_SEATS';
  readonly path: string;
}

/** Fewer wishes than this, and families have to guess which of them are worth one (placement § 2). */
const enoughWishes = 5;

export function warningsOf({ config, kindergartens }: Instance): readonly Warning[] {
  const { markets, maxWishes, convert } = config;
  const warnings: Warning[] = [];
  if (maxWishes < enoughWishes) warnings.push({ code: 'W_FEW_WISHES', path: 'config.maxWishes' });
  if (convert !== null && markets.indexOf(convert.to) <= markets.indexOf(convert.from))
    warnings.push({ code: 'W_CONVERTS_NOTHING', path: 'config.convert' });
  for (const [at, { priority, seats }] of kindergartens.entries()) {
    if (priority.criteria.includes('wishRank'))
      warnings.push({ code: 'W_NOT_STRATEGYPROOF', path: `kindergartens[${at}].priority.then` });
    for (const group of Object.keys(seats))
      if (!markets.includes(group))
        warnings.push({ code: 'W_UNUSED_SEATS', path: `kindergartens[${at}].seats.${group}` });
  }
  return warnings;
}
