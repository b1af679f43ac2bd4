import type { Lexicon } from './lexicon.ts';

/** What makes a passage harmless, or not, in bokmål. */
export const contextNb: Lexicon = {
  language: 'nb',
  cues: {
    programme: `
      kampanje/n, *kampanje/n, tema, temaet, temauke/n, temadag/n, foreldremøte/n, informasjonsmøte/n,
      kurs, kurset, foredrag/n, program/n, *program/n, *programmet, prosjekt/n, plakat/n, plakater,
      plakatene, undervisning/n om, undervisningsopplegg, opplegg mot, lærer om, lærte om, lære om,
      lærer vi om, jobber med, jobbe med, arbeider med, arbeid mot, arbeidet mot, forebygg*,
      nulltoleranse, nulltoleranse for, mot mobbing|krenkelser|vold|rasisme|hets, antimobb*, antirasis*,
      regler om|for|mot, rutiner for, plan mot, handlingsplan/n, undersøkelse/n, undersøkelsen,
      elevundersøkelsen, trivselsleder*, innsamling/n, samler inn, samlet inn, innsamlingsaksjon/n,
      bøssebærer*, forening/n, kreftforening*, kreftforeningens, diabetesforbundet, røde kors, redd barna,
      løp for, til inntekt for, informasjon om, informerer om, veileder*, nettvett, krle, rle, naturfag,
      samfunnsfag, religioner, verdensreligion*, besøker moskeen|moske|synagogen|kirken|tempelet,
      besøk i moskeen|kirken|synagogen, utstilling/n, forestilling/n, konsert/n, bruktmarked,
      den internasjonale, verdensdagen, dagen for, sosial kompetanse, beredskapsøvelse/n,
      beredskapsplan/n,
      vi|elevene|klassen|politiet|helsesykepleier|rektor|forfatteren|legen .. snakker|snakket|prater|prate om,
      snakke om, samtaler om, snakk om, og snakker om, som snakker om, temauka, mobbeuke/n,
      antimobbeuke/n, vennskapsuke/n, leseuke/n, aktivitetsuke/n, bokuke/n
    `,
    fiction: `
      boka, boken, bok om, en bok, bøker om, roman/n, romanen, film om, filmen, en film, handler om,
      teaterstykke/n, forestillingen, dikt/n, diktet, eventyr/n, fortelling/n, novelle/n, teksten,
      hovedpersonen, dagbok, serien, tv serie, spillet, skriver om, lese om, leser om, oppgave om, stil om
    `,
    negation: `
      ikke, ingen, aldri, verken, uten, fri for, intet, ikke noe, ikke noen, neppe
    `,
    emphasis: `
      ikke bare, ikke lenger bare, ingen tvil, ingen hjelper, ingen gjør, ingen griper
    `,
    self: `
      vi er, jeg er, familien vår, familien min, hele familien, sønnen vår|min, datteren vår|min,
      dattera vår|mi, han er, hun er, mannen min, kona mi, faren, moren, foreldrene, av familien,
      som kristne|muslimer|jøder|katolikker, barna er, begge er, vi feirer ikke,
      vi tilhører|praktiserer|følger
    `,
    advice: `
      om, hvordan, korleis, angående, fra
    `,
    mild: `
      litt, et virus, forbigående, bare litt
    `,
    crowd: `
      i klassen, i gruppen, i gruppa, på trinnet, på avdelingen, på avdelinga, i 1, på skolen generelt,
      i barnehagen, noen i, elever med, barn med
    `,
  },
};
