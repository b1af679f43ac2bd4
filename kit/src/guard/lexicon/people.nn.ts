import type { Lexicon } from './lexicon.ts';

/** Who is spoken of, and as what, in nynorsk, where it differs from bokmål. */
export const peopleNn: Lexicon = {
  language: 'nn',
  cues: {
    person: `
      han, ho, henne, dei, meg, oss, kvarandre, borna, barna, barnet, ungane, elevar, elevane, eleven,
      andre, nokon, nokre, jenta, jentene, jenter, guten, gutar, gutane, son, sonen, dotter, dottera,
      bror, broren, syster, systera, vår, min, mitt, medelev*, tvillingane
    `,
    passive: `
      vert, vart, vorte, blir, blei, blitt, bli, verte
    `,
    idle: `
      slå|slår|slo|slege|slått rekord|klokka|tolv|av|på|saman|graset|plenen|gras|fast|opp|ut|inn|til|ring|lag|seg|aldri,
      sparkar|sparka fotball|ball|ballen|i|mål, bite|bit saman, ropar opp, trugar med regn
    `,
    conduct: `
      bølle, ingen vil ha|leike, skilde, skal skiljast, skaper problem|uro, uro rundt, juksar,
      redd {person}, flytte {person}, reagerer på, måten {person}, skremmer, ertar, plagar, frekk, stygg,
      ekkel, rusar, politiet, startar|starta bråk|bråket, lagar bråk|bråket, bråkar, øydelegg,
      øydelegg for|timane, forstyrrar, stel, stal, stole, lyg, bannar, redd for, redde for, uroa for ..,
      slem, aggressiv/a, ikkje .. sitje ved sida, ikkje vere saman, valdsam/a,
      ikkje .. leike|vere|sitje med {person}, øydelagt, irriterer, luktar vondt, drikk,
      true {person}|dei|andre, trugar, truga, styrer alt, tvingar, er skuld, er årsaka, kastar ting|stein
    `,
    greeting: `
      hei, kjære, takk, god morgon|kveld|dag|helg|jul
    `,
    signature: `
      helsing, venleg helsing, helsing frå, mvh
    `,
    kin: `
      bestemor, bestefar, besta, gofa, mormor, morfar, farmor, farfar, tante, onkel, naboen, eg heiter,
      namnet mitt er, mamma, pappa
    `,
    visit: `
      på vitjing, på besøk
    `,
    'picks-up': `
      hentar, hente, køyrer, følgjer {person}, leverer
    `,
    place: `
      veg, vegen, skule, kyrkje, gata, barnehage, heim
    `,
  },
};
