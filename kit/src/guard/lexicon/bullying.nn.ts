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
      har ingen vener, åleine i kvart|alle, ikkje .. trygt og godt, ikkje .. trygt|trygg på skulen,
      falsk profil,
      tok|tek|stal|gøymer|gøymde|øydela|kasta .. sekken|lua|skoa|kleda|sykkelen|tinga hans|hennar,
      filma {person}, kallar {person}, kalla stygge|stygt, øknamn/n, ropar etter {person}, jagar {person},
      følgjer etter {person}, baktalar, himlar med, fordi han|ho er brun|mørk|tjukk|svart,
      mobbar {person}, vert|vart|blir|blei|vorte|blitt mobba, mobbast, trakassert, krenkt,
      krenkjer {person}, krenkjande, plagar|plaga|plage {person}, ertar|erta|erte {person},
      vert|vart|blir|blei|vorte erta, erta, ertar og plagar, utestengd, stengd ute,
      stengjer|stengde .. ute, halden|haldne|halde utanfor, held|heldt .. utanfor, frosen|frose|frys ut,
      frosen|frys|fraus .. ut, gjer narr av, gjort narr av, ler|lo av {person}, kviskrar og ler,
      kalla|kallar|kalle .. dum|stygg|stygge|feit|tjukk|ekkel|idiot|apekatt|neger|homo|hore|tapar,
      skriv|skreiv|skrive|seier|sa stygt|stygge .. om|til,
      stygge|slemme meldingar|kommentarar|ting|bilete, ingen vil leike|vere|sitje med,
      får ikkje vere|leike med, ingen likar {person}, spring frå {person},
      åleine i friminutta|friminuttet, får ikkje .. vere|kome i|med leiken|bursdagen,
      legg|la|lagt|delte|deler .. ting|bilete|video om|av henne|han|ho|dottera|sonen|guten|jenta|meg,
      spreidd .. bilete|video|film, bilete .. spreidd, stygge bilete,
      vert|vart|blir|blei kalla .. stygge|stygt|dum|feit|ting|namn|hore|homo,
      plaga av {person}|elevar|eldre|nokre|nokon, ikkje .. trygt|godt .. skulemiljø,
      ingen .. vil .. vere|sitje|leike|gå|ete, vald sist, snur ryggen,
      får ikkje .. leike|spele|sitje .. med, snakkar stygt om|til, seier .. er stygg|feit|tjukk|dum,
      ler .. av {person}, utsett for .. mobbing|plaging|hets|press, hatside/n, hatgruppe/n,
      pissa|tissa|spytta .. i|på .. hans|hennar|han|ho|sekken, nektar {person} .. sitje|leike|vere|kome,
      høyrer|høyre at .. er stygg|feit|tjukk|dum|ekkel|teit|rar, snakkar|slenger .. dritt,
      hermer etter {person}, gjort til latter, får skulda for alt,
      kasta|fjerna .. frå|ut gruppa|chatten|laget, tvingar|tvang|tvinga {person}, mobba av, knuffar,
      spenner bein, sjikanert, audmjuka, peikar og ler, ler og peikar, erta for, erta av
    `,
    'violence.act': `
      slå|slår|slo|slege|slegen|slått, dytt/v, skubb/v, klyp|klypte, lugg/v, slengde, trug/v, trugar,
      trua, tvinga|tvingar|tvang|tvinge, pressar|pressa, angrip|angripe, beit|bite|bitt,
      sparkar|sparka|sparke, spyttar|spytta|spytte
    `,
    'violence.word': `
      knyttneve, slåsting, slåst med, lagd|lagt .. i bakken, merke på halsen|armen|armane|kroppen,
      heldt .. fast|nede, slege|slått i andletet|magen|hovudet, sparka i magen|hovudet|ryggen, slege ned,
      lugga og, låst inne, juling, blåmerke/n, bitemerke/n, kvelartak, vald, valden, valdeleg/a,
      slåsskamp/n, truslar mot, rasistisk/a, banka .. opp, mishandl/v, bit {person}, bit og slår,
      slår og bit, truslar, trugsmål, held|heldt .. nede, burde døy, drog|dreg .. i håret,
      slengde .. i bakken|veggen, stein|snøball .. i hovudet|andletet|auget, med vilje, jult opp,
      klipt av .. håret, grov vald
    `,
    abuse: `
      klådd på, klådde, tafsa, tafsar, teke .. på .. låret|rumpa|brysta, teken på, drog ned buksa,
      seksuelle|seksuelt|seksuell overgrep|trakassering|krenking, overgrep/n, valdtekt/n, valdteken,
      nakenbilete/n, tok|teke|tek .. på .. rumpa|brysta|låret, tok|teke|tek på {person}
    `,
  },
};
