import type { Lexicon } from './lexicon.ts';

/** What makes a passage harmless, or not, in nynorsk, where it differs from bokmål. */
export const contextNn: Lexicon = {
  language: 'nn',
  cues: {
    programme: `
      kampanjen, temaveke/n, foreldremøte/n, lærer om, lære om, snakke om, arbeider med, jobbar med,
      førebygg*, mot mobbing|krenkingar|vald|rasisme, samlar inn, samla inn, undersøking/n,
      elevundersøkinga, reglar om|for|mot, plakatar, vitjar moskeen|kyrkja,
      vi|elevane|klassa|politiet|helsesjukepleiar .. snakkar om, og snakkar om, som snakkar om,
      mobbeveke/n, vennskapsveke/n, leseveke/n, aktivitetsveke/n
    `,
    fiction: `
      boka, bok om, ei bok, romanen, handlar om, skriv om, les om, forteljing/n, teksten
    `,
    negation: `
      ikkje, ingen, aldri, verken, utan, inga, ikkje noko
    `,
    emphasis: `
      ikkje berre, ikkje lenger berre, ingen tvil
    `,
    self: `
      vi er, eg er, familien vår, sonen vår|min, dottera vår|mi, han er, ho er, mannen min, kona mi,
      mor er, far er, begge er, vi høyrer|følgjer
    `,
    mild: `
      litt
    `,
    crowd: `
      i klassa, i klassen, i gruppa, på trinnet, på avdelinga, nokon i, elevar med
    `,
  },
};
