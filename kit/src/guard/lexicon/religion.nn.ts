import type { Lexicon } from './lexicon.ts';

/** Religion and belief, in nynorsk, where it differs from bokmål. */
export const religionNn: Lexicon = {
  language: 'nn',
  cues: {
    'faith.belonging': `
      muslimar, muslimane, katolikkar, jødar, hinduar, buddhistar, ateistar, jehovas vitne, adventistar,
      pinsevener, pinserørsla, pinsekyrkja, mormonar, læstadianarar, kristne
    `,
    'faith.sign': `
      på grunn av religionen|trua, strir mot .. tru|religion, ikkje er kristne|religiøse, ikkje døypt,
      fasta under, trua vår|hans|hennar, vår tru, tru på gud|allah|jesus, truande,
      religiøse grunnar|årsaker|omsyn, meldt .. ut av .. kyrkja|statskyrkja|trussamfunnet, ber fem gonger,
      stad å be, kyrkjelyden vår, trussamfunn/n, religionen vår, konverterte,
      ho|han|vi|eg|borna|familien fastar, fastar under|i|no, skal|må|vil faste, av religionen,
      frikyrkje/n, pinsekyrkje/n, islamsk/a, trusretning,
      høyrer til .. kyrkje|kyrkjelyd|trussamfunn|kyrkja, trur på gud, trur ikkje på gud, i moskeen kvar,
      i kyrkja kvar
    `,
    'faith.feast': `
      feirar id, feire id, feirar eid
    `,
    'faith.lore': `
      kristendomen, jødedomen
    `,
  },
};
