import type { Lexicon } from './lexicon.ts';

/** Religion and belief, in bokmål. */
export const religionNb: Lexicon = {
  language: 'nb',
  cues: {
    'faith.belonging': `
      muslim/n, muslimer, muslimene, muslimsk/a, sunni, sunnimuslim/n, sjia, sjiamuslim/n, kristen,
      kristne, katolsk/a, katolikk/n, katolikker, ortodoks, ortodokse, protestant/n, jøde, jøder,
      jødisk/a, hindu/n, hinduer, hinduistisk/a, buddhist/n, buddhister, sikh/n, ateist/n, ateister,
      humanist/n, humanetiker/n, jehovas vitne|vitner, jehovas, mormon/n, mormoner, adventist/n,
      adventister, pinsevenn/n, pinsevenner, pinsemenighet/n, læstadianer/n, læstadiansk/a, smiths venner,
      scientologi, ahmadiyya, baptist/n, metodist/n
    `,
    'faith.sign': `
      på grunn av religionen|troen|tro|religion, halal, kosher, haram, livssynet vårt, livssynssamfunn,
      human etisk forbund, trossamfunn, fredagsbønn, kristne verdier,
      ikke er|er kristne|kristen|muslimer|religiøse, ikke er religiøse, døpt, ikke døpt, koranlese*,
      søndagsskole, frelsesarmeen, bønnerom, strider mot .. tro|religion|overbevisning, allahs, guds ord,
      ifølge islam, i vår religion, i islam er, ramadan, hijab/n, hijaben, nikab, turban/n, konvertert,
      konverterer, konverterte, vår tro, hans tro, hennes tro, troen vår|hans|hennes,
      tro på gud|allah|jesus, troende, religiøs|religiøse grunner|årsaker|hensyn|familie|overbevisning,
      er religiøs|religiøse, meldt .. ut av .. kirken|statskirken|trossamfunnet, ber fem ganger, be bønn,
      sted å be, be i storefri|friminuttet, medlem av .. menighet|menigheten|trossamfunn, menigheten vår,
      trossamfunn/n, av religiøse, koranskole/n, religionen vår, vår religion, utmeldt,
      hun|han|vi|jeg|barna|familien faster, skal|må|vil faste, faster under|i ramadan|nå, faste under,
      vårt livssyn, av religionen, frikirke/n, frikirkelig, pinsekirke/n, pinsekirka, islamsk/a,
      islamske tro, trosretning/n,
      kristen|kristne|islamsk|islamske|jødisk|jødiske|katolsk|katolske|muslimsk tro|bakgrunn|familie,
      tilhører .. kirke|menighet|trossamfunn|sekt, sekt, tilhører en kirke|menighet, be til gud|allah,
      ber til, fredagsbønnen, går i moskeen|kirken hver, moskeen hver, kirken hver, ikke tror på gud,
      tror på gud, tror ikke på gud, etter koranen, bibelskole*, konfirmeres ikke fordi
    `,
    'faith.feast': `
      eid, eidfeiring, id feiring, feirer id, feire id, id på, divali, diwali, sabbat/n, sabbaten,
      bar mitzva, jom kippur, hanukka, vesak, vaisakhi
    `,
    'faith.lore': `
      islam, kristendom/n, kristendommen, jødedom/n, jødedommen, hinduisme/n, buddhisme/n, koranen,
      bibelen, allah
    `,
  },
};
