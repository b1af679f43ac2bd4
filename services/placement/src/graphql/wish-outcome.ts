import type { Context } from './context.ts';
import type { OutcomeLanguage, PlacementApplicationResolvers } from './generated/types.ts';

const languages = { NB: 'nb', NN: 'nn', EN: 'en' } as const satisfies Record<OutcomeLanguage, string>;

export const outcomesOfApplication: Required<Pick<PlacementApplicationResolvers<Context>, 'outcomes'>> = {
  outcomes: async ({ id }, { language }, { outcomes }) =>
    (await outcomes.load(id))?.map(({ unitId, reasons, ...one }) => ({
      ...{ ...one, unit: { id: unitId }, reason: reasons[languages[language]] },
    })) ?? null,
};
