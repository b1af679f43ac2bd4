import type { Lexicon } from './lexicon.ts';

/** Bullying, violation, violence and abuse, in nynorsk, where it differs from bokmål. */
export const bullyingNn: Lexicon = {
  language: 'nn',
  cues: {
    'bullying.noun': `
      mobbinga, mobbarane, mobbarar, krenking/n, trakassering/n, plaging/n, utestenging/n, krenkingar,
      erting/n
    `,
    'bullying.act': `
      ignorert av, blir|vert|vart ignorert|oversedd|hengd, ingen å vere|leike|sitje|gå med,
      har ingen vener, åleine i kvart|alle, ikkje .. trygt og godt, trygt .. skulemiljø,
      ikkje .. trygt|trygg på skulen, falsk profil, legg|la|lagt .. ut ting|bilete|video,
      delte|deler|delt .. bilete|video,
      tok|tek|stal|gøymer|gøymde|øydela|kasta .. sekken|lua|skoa|kleda|sykkelen|tinga hans|hennar,
      filma {person}, kallar {person}, kalla stygge|stygt, øknamn/n, ropar etter {person}, jagar {person},
      følgjer etter {person}, baktalar, himlar med, får ikkje .. kome|vere med,
      fordi han|ho er brun|mørk|tjukk|svart, mobbar {person}, vert|vart|blir|blei|vorte|blitt mobba,
      mobbast, trakassert, krenkt, krenkjer {person}, krenkjande, plagar|plaga|plage {person}, plaga av,
      ertar|erta|erte {person}, vert|vart|blir|blei|vorte erta, erta, ertar og plagar, utestengd,
      stengd ute, stengjer|stengde .. ute, halden|haldne|halde utanfor, held|heldt .. utanfor,
      frosen|frose|frys ut, frosen|frys|fraus .. ut, gjer narr av, gjort narr av, ler|lo av {person},
      kviskrar og ler,
      kalla|kallar|kalle .. dum|stygg|stygge|feit|tjukk|ekkel|idiot|apekatt|neger|homo|hore|tapar,
      vert|vart|blir|blei kalla, skriv|skreiv|skrive|seier|sa stygt|stygge .. om|til,
      stygge|slemme meldingar|kommentarar|ting|bilete, ingen vil leike|vere|sitje med,
      får ikkje vere|leike med, ingen likar {person}, spreidd|delt|lagt .. ut .. bilete|video|film,
      bilete .. spreidd|delt|lagt, spring frå {person}, åleine i friminutta|friminuttet
    `,
    'violence.act': `
      slå|slår|slo|slege|slegen|slått, spark/v, dytt/v, skubb/v, bit|beit|bite|bitt, klyp|klypte, lugg/v,
      spytt/v, slengde, trug/v, trugar, trua, tvinga|tvingar|tvang|tvinge, pressar|pressa, angrip|angripe
    `,
    'violence.word': `
      knyttneve, slåsting, slåst med, lagd|lagt .. i bakken, merke på halsen|armen|armane|kroppen,
      heldt .. fast|nede, slege|slått i andletet|magen|hovudet, sparka i magen|hovudet|ryggen, slege ned,
      lugga og, låst inne, juling, blåmerke/n, bitemerke/n, kvelartak, vald, valden, valdeleg/a,
      slåsskamp/n, truslar mot, rasistisk/a, banka .. opp, mishandl/v
    `,
    abuse: `
      klådd på, klådde, tafsa, tafsar, teke .. på .. låret|rumpa|brysta, teken på, drog ned buksa,
      seksuelle|seksuelt|seksuell overgrep|trakassering|krenking, overgrep/n, valdtekt/n, valdteken,
      nakenbilete/n, tok|teke|tek .. på .. rumpa|brysta|låret, tok|teke|tek på {person}
    `,
  },
};
