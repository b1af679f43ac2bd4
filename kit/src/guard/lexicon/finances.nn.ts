import type { Lexicon } from './lexicon.ts';

/** Personal finances, in nynorsk, where it differs from bokmål. */
export const financesNn: Lexicon = {
  language: 'nn',
  cues: {
    'money.hardship': `
      dårleg|lite|smått|knapt med pengar, tomt på konto, null på konto|kontoen, slit med å betale,
      slit økonomisk, slit med økonomien|rekningane, ikkje .. betale rekningane|rekninga|fakturaen,
      klarar|greier|maktar ikkje .. betale, for dyrt for oss, uføretrygda, uføretrygd, låne pengar,
      økonomisk støtte|hjelp, mista inntekta|jobben|arbeidet, oppsagd, sagd opp, stønad/n, gjeldsproblem,
      ikkje råd til, har ikkje .. råd til, ikkje har råd, ikkje pengar, har ikkje .. pengar,
      manglar pengar, pengane strekk, dårleg|trong|vanskeleg|elendig økonomi|råd,
      økonomien .. dårleg|trong|vanskeleg|elendig|vår, økonomisk vanskeleg|krise,
      økonomiske problem|vanskar, arbeidslaus/a, arbeidsledig/a, mista|miste jobben, sosialhjelp/n,
      sosialstønad/n, på trygd, uføretrygd/n, ufør, gjeld, gjelda, gjeldsordning/n, inkasso,
      klarar ikkje .. betale|husleiga|rekningane|rekninga, problem med å betale,
      låg|lita|lite inntekt|løn, inntekta mi|vår, løna mi, bustøtte/n, fattig/a,
      lever på|av .. stønad|trygd|nav|sosialhjelp, står på gata, endane til å møtast,
      økonomien tillèt|held, står utan pengar|jobb|inntekt, utan inntekt, ingen inntekt,
      kan ikkje .. betale, økonomisk .. stramt|vanskeleg, dårleg råd, mista arbeidet|arbeid,
      sosialkontoret, inntekt på, tener .. i året|månaden, permittert, permitterte, har vi råd,
      treng hjelp til mat, for låg inntekt
    `,
    'money.late': `
      utsett betaling, betale seinare, får ikkje betalt fakturaen|rekninga, purring/n
    `,
  },
};
