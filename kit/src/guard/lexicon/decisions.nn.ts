import type { Lexicon } from './lexicon.ts';

/** Individual decisions and plans, in nynorsk, where it differs from bokmål. */
export const decisionsNn: Lexicon = {
  language: 'nn',
  cues: {
    'decision.word': `
      elevmappa, statsforvaltaren, avslag på|om, avslaget, i vedtaket, vedtaket hans|hennar|sitt,
      klaga på, ekstra ressurs*, innvilga .. timar, spesped, logoped, særskild tilrettelegging,
      individuell|individuelle|individuelt opplæringsplan|opplæringsplanen|plan|planen|tilrettelegging|tilrettelagd|tilrettelagt,
      tilrettelagd opplæring, pp tenesta|teneste, sakkunnig/a, spesialpedagogisk hjelp,
      lese og skrivevanskar, innsyn i .. elevmappa|saka, aktivitetsplanen hans|hennar
    `,
    'decision.formal': `
      vedtak/n
    `,
    appeal: `
      klage, klaga, klagar, rett på, krav på, hans, hennar, sitt, vårt, mitt, dottera, sonen, svar på,
      avslag, skulebyte, usamde
    `,
  },
};
