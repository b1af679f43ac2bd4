import type { Lexicon } from './lexicon.ts';

/** Grievances with staff, in nynorsk, where it differs from bokmål. */
export const staffNn: Lexicon = {
  language: 'nn',
  cues: {
    staff: `
      lærar, læraren, lærarar, lærarane, *lærar, *læraren, kontaktlærar/n, fagarbeidar/n,
      barnehagelærar/n, avdelingsleiar/n, pedagogisk leiar, tilsett, tilsette, vikaren, styrar, styraren,
      helsesjukepleiar/n
    `,
    grievance: `
      reagerer på, gjer|gjorde narr, feig, tek ikkje tak, ikkje tek tak, bryr seg ikkje,
      bør|burde|må slutte, måten .. snakkar, snakkar stygt|nedlatande, nedlatande, frekk, uprofesjonell,
      straffar|straffa, mistillit, skjeller ut, forskjellsbehandl*, luggar, klyp, ristar, rista, elendig,
      ropar|skrik|skreik|brøler|kjeftar til|på, skrik, ropar, kjeftar, kallar|kalla {person}, kallar dei,
      lyg, laug, tok|tek|teke hardt, tok|tek|teke .. hardt, dekkjer over, gjer|gjorde ingenting,
      ingen tillit, mista .. tilliten, stolar ikkje, er|var full|rusa, krenkjer, audmjukar, ueigna,
      klage på, mobbar, urettvis, urettferdig, slår, slo, tok|tek|teke på .. {person},
      teke|tek|tok .. på .. låret|rumpa|brysta, låser {person}, dreg|drog|drege .. i øyret|armen|håret,
      sa|seier .. dum|dumme|lat|late|idiot, behandla|behandlar .. dårleg|urettferdig|stygt,
      tek ikkje ansvar, skremmer, redd for, redde for, mobba, slege, kalla {person},
      kallar|kalla .. dum|lat|treg|håplaus|idiot, ufin, hyler, hylte, røska, sint på, uakseptabelt,
      ser ned på, brølte, held .. fast
    `,
  },
};
