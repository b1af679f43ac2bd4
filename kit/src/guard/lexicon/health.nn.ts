import type { Lexicon } from './lexicon.ts';

/** Illness: serious, cared for, and passing, in nynorsk, where it differs from bokmål. */
export const healthNn: Lexicon = {
  language: 'nn',
  cues: {
    'illness.serious': `
      sjukdomen, tids sjukdom, sjeldan|genetisk|arveleg|medfødd sjukdom|tilstand, hjarteinfarkt, *infarkt,
      fått slag, sjukmeld/p, sjukemeld, sjukmeldt, ligg på sjukehuset|sjukehus|intensiven, lagd inn,
      rullestol, utgreidd for, utgreiing hjå, medisinar mot|for, medisin mot, stoma, blind, døv, døyande,
      dødeleg sjukdom, rusavhengig, drikkeproblem, har ein sjukdom, språkvanskar, kreftsjuk/a, brystkreft,
      sukkersjuke/n, kronisk sjuk|sjukdom,
      alvorleg|alvorlege|kritisk|livstrugande sjuk|sjukdom|sjukt|hjartefeil|diagnose, hjartefeil/n,
      hjartesjuk*, dødssjuk/a, uhelbredeleg/a, langtidssjuk/a, eteforstyrr*, utgreiing for, utgreiast for,
      under utgreiing, tilvist|vist til bup|spesialist|utgreiing|sjukehuset, tilvist for, opererast,
      må opererast|operere, innlagd, innlagde, innlegging/n, psykisk sjuk|liding|lidingar|sjukdom,
      nedsett høyrsel|syn, høyreapparat/n, høyrselshem*, utviklingshem*, funksjonshem*, sjukdom/n kronisk,
      alkoholikar/n, rusproblem/n, er til behandling, går på sterke|medisinar|medisin, ryggmergsbrokk,
      diagnostisert, tilbakefall, genfeil, slit .. rus|alkohol, kramper, lungesjukdom, besvimer,
      sjukdomen hans|hennar|min, kreftsjukdom, psykiater, terapi, fått påvist, påvist/p, alvorleg sjuk,
      føling, hyperaktiv, konsentrasjonsvanskar, helsetilstand, nevrologisk
    `,
    'illness.care': `
      medisinar, medisinen, medisinane, allergi/n, allergiar, allergisk/a, nøtteallergi*,
      laktoseintoleranse, eksem, migrene/n, psykolog/n, hjå psykologen
    `,
    'illness.transient': `
      sjuk, forkjølt, forkjøla, omgangssjuke/n, kasta opp, spydd, hostar, hoste/n, vondt i, hovudverk/n,
      skada|skadde .. foten|handa|armen|beinet|fingeren|kneet|hovudet, forstua, brote, vassskoppar,
      vasskoppar, slo seg, slått seg, slege seg, magesjuke/n, influensa
    `,
  },
};
