import type { Lexicon } from './lexicon.ts';

/** Bullying, violation, violence and abuse, in bokmål. */
export const bullyingNb: Lexicon = {
  language: 'nb',
  cues: {
    'bullying.noun': `
      mobbing/n, mobbe*, *mobbing/n, mobber/n, mobberne, trakassering/n, krenkelse/n, krenking/n,
      plaging/n, erting/n, utestenging/n, utestengelse, baksnakking/n, utfrysing/n, hets/n, netthets/n
    `,
    'bullying.act': `
      ignorert|oversett|hånet|lo|ledd av {person},
      blir|ble|bli ignorert|oversett|hånet|uthengt|ekskludert|ydmyket|utnyttet, ekskludert fra|av,
      hengt ut, uthengt, henger|hengte .. ut på, himler med øynene, baktaler, baktalt, sladrer om,
      ryktene om, lyver om {person}, ingen å være|leke|sitte|gå|spise med, har ingen venner, ingen venner,
      står|går|sitter|spiser alltid|alene alene|i, alene hvert|hver|i friminutt, alene i hvert|alle,
      får ikke .. komme|bli med|i bursdag|bursdagen|leken, ikke invitert|bedt .. fordi,
      aldri bedt|invitert, alle unntatt {person}, ikke lov å være|leke, falsk profil|konto,
      falske profiler|kontoer, legger|la|lagt|deler|delt .. ut ting|bilder|video|videoer,
      deler|delte|delt .. bilder|videoer|film av, tatt bilder av {person}, filmer {person}, filmet og,
      bilder av {person} uten,
      tok|tar|stjal|gjemmer|gjemte|ødela|ødelegger|kastet|kaster .. sekken|lua|skoene|tøyet|sykkelen|matpakka|mobilen|tingene|klærne hans|hennes,
      kastet|kaster stein|snøball|ting på|etter {person}, stjal|stjeler|gjemmer|gjemte .. hans|hennes,
      tisset på {person}, hører at .. er|ikke, høre at .. er stygg|dum|tjukk|feit|ekkel|rar|brun,
      er stygg|dum|tjukk|feit|ekkel og, lukter vondt,
      fordi hun|han er brun|mørk|tjukk|svart|utenlandsk|lesbisk|homofil|trans|annerledes, hudfargen,
      på grunn av hudfarge|hudfargen|legningen|utseendet|klærne|dialekten,
      trygt|godt .. skolemiljø|barnehagemiljø, ikke .. trygt og godt, ikke .. trygt på skolen,
      ikke .. trygg på skolen, utrygt|utrygg på skolen|skoleveien|sfo, fryser {person}, kalles, øknavn/n,
      kaller {person}, kalte {person}, blir|ble ropt, roper stygge|ting etter, roper etter {person},
      gir {person} skylden, hakker på {person}, jager {person}, etter {person} hver,
      følger etter {person}, gjør livet surt, konflikt med en|noen|flere|de, mobbet, mobba, mobbes,
      mobber|mobbe {person}, mobber hverandre, blir|ble|blitt|bli mobbet|mobba, trakassert, trakasserer,
      krenket, krenker {person}, krenkende, plaget|plages av, plager|plaget|plage {person},
      plaget|plages .. i friminuttene, erter|ertet|erte {person}, blir|ble|blitt ertet, ertet,
      terger {person}, hånet|håner|håne, latterliggjort, latterliggjør, utestengt, utestenger, stengt ute,
      stenger|stengte|stenge .. ute, holdt utenfor, holder|holde|holdt .. utenfor,
      frosset|fryses|fryser|frøs ut, frosset|fryser|frøs .. ut, baksnakker/v, baksnakk/v,
      sprer|spredt|spredte rykter, ler|lo av {person}, hvisker og ler, gjør narr av, gjort narr av,
      kødder|kødda med {person}, ødelegger|ødela tingene hans|hennes,
      kalt|kaller|kalte|kalle .. dum|stygg|stygge|feit|tjukk|ekkel|idiot|apekatt|neger|homo|hore|taper|stygt,
      blir|ble|blitt kalt, skriver|skrev|skrevet|sier|sa stygt|stygge|slemme .. om|til,
      stygge|slemme meldinger|kommentarer|ting|bilder, ingen vil leke|være|sitte med,
      får ikke være|leke med, får aldri være|leke med, løper|løp fra {person},
      alene i friminuttene|friminuttet, bilder|video|filmer|nakenbilder .. spredt|delt|lagt,
      spredt|delt|la|lagt .. ut .. bilder|video|film, filmet .. {person}
    `,
    'violence.act': `
      slå|slår|slo|slått, spark/v, sparke*, dytt/v, skubb/v, bit|biter|bitt|beit,
      klyp|klyper|klypte|klypt, klor/v, lugg/v, spytt/v, kvel/v, bank/v, denge, denger, dengte,
      angrip|angriper|angrepet|angrep, hoppet|hopper|hoppa på, tru/v, truer, truet, truende, ran/v, tvang,
      tvinger, tvunget, presser|presset|presse, overfall/v, overfalt
    `,
    'violence.word': `
      knyttneve/n, slossing/n, slåssing, slåsskamp, sloss, slåss med, bølling,
      lagt|legger|legges i bakken, lå nede, lagt .. i bakken, skallet, skaller, dask i|til, dasket,
      fikk en smell, ris, lusing, rundbank, ørefik/n, lugging, kuttet opp, hodet hans|hennes ned,
      holder|holdt .. fast mens, holdt .. nede, holdt fast, låst inne, låste .. inne, stengte .. inne,
      brukket nesen|nesa, blør|blødde fra|neseblod, merker på halsen|armen|armene|kroppen|ryggen|låret,
      slått helseløs, slått ned, slått i ansiktet|magen|hodet|trynet,
      sparket i magen|hodet|ansiktet|ryggen|leggen|skrittet, i ansiktet med vilje, med vilje flere,
      banket|banke|banker .. opp, bank hvis, med bank|juling, juling, rundjuling, kvelertak, blåmerke/n,
      bitemerke/n, blå øye, neseblod av, nevekamp, slåsskamp/n, vold, volden, voldelig/a, voldshendelse/n,
      drapstrussel, drapstrusler, trusler mot, trusler om, utpressing/n, kniv mot, med kniv, rasistisk/a,
      rasisme/n, neger, svarting, pakkis, hore, homofob/a, hatefull/a, pisket, mishandl/v, mishandling/n,
      ranet
    `,
    abuse: `
      klådd|klår|klådde|klåing på, klådd, klådde, tafser, tafset, tafse, beføling, grafset,
      seksuelle|seksuelt kommentarer|bilder|forslag|krenket, porno*, kysse {person} mot,
      dratt|dro ned buksa|buksene|trusa, viste tissen|kjønnsorganet,
      seksuell|seksuelle|seksuelt overgrep|trakassering|krenkelser|misbruk|krenkelse, overgrep/n,
      voldtekt/n, voldtatt, befølt, beføler, nakenbilde/n, dickpic/n,
      tatt|tok|tar .. på .. rumpa|brystene|låret|skrittet|puppene, tok|tar|tatt på {person},
      tok|tatt|tar på .. jentene|guttene|barna|ungene, i dusjen
    `,
  },
};
