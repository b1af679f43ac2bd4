import type { Lexicon } from './lexicon.ts';

/** Strong distress, and a death in the family, in nynorsk, where it differs from bokmål. */
export const distressNn: Lexicon = {
  language: 'nn',
  cues: {
    distress: `
      vondt i magen kvar|før, gruar seg .. forferdeleg|slik|veldig|fælt, gruar seg til kvar,
      berre ligg|græt, ikkje ut av senga|rommet, tissar på seg, vaknar skrikande|gråtande, fortener ikkje,
      ikkje fortener, gjere noko dumt, noko mot seg sjølv, prøvd å ta livet, hoppe frå|ut, isolerer seg,
      stengjer seg inne, sorg, bryt saman, braut saman, vere død, ynskjer å vere,
      har mista matlysta|gleda|gneisten, får panikk, kjemperedd/a, heilt på botn,
      mor|far|mamma|pappa|mora|faren|broren|systera døydde|død|omkom,
      vil|ynskjer|ønskjer|orkar ikkje .. leve, ikkje vil leve, vil|ynskjer|ønskjer å døy, vil døy,
      snakkar om å døy, ta|tek|tok livet sitt, sjølvmord*, sjølvskading/n, skadar|skada|skade seg sjølv,
      kuttar|kutta seg, nektar|nekta|nekte .. å gå|dra|kome|vere på|til skulen|barnehagen,
      vil ikkje .. på skulen lenger|meir, vil ikkje .. gå|dra|kome på skulen,
      tør|torer|torde ikkje .. på skulen, torer ikkje .. gå|dra|kome|vere, livredd/a, vettskremd,
      redd for skulen, græt|gret kvar|heile|nesten, græt|gret mykje, fortvila, heilt knust, mistrivst,
      mistrivsel, trivst ikkje, trivst svært dårleg, skulevegring/n, skulenekting, angst, angstanfall/n,
      panikkanfall/n, deprimert, depresjon/n, hatar seg sjølv, hatar livet,
      kjenner|føler seg einsam|åleine|verdilaus|utrygg, kjenner|føler seg heilt|veldig einsam|åleine,
      heilt åleine, ulukkeleg/a, betre utan {person}, orkar ikkje meir, orkar ikkje .. skulen,
      har det forferdeleg|grueleg|fælt, har det svært|veldig vondt|tungt|vanskeleg|dårleg,
      et nesten ikkje|ingenting, slutta å ete|snakke, søv ikkje om, søv nesten ikkje,
      veit ikkje kva vi|eg skal gjere, vil byte klasse|skule,
      redd for .. gå|kome|dra|reise|vere .. skulen|skule|heim|barnehagen|klassa, mareritt kvar,
      lyst til å forsvinne|døy, klamrar seg, får ikkje {person} .. på|til skulen,
      får {person} ikkje .. på|til|ut|opp, har det så vondt, så vondt at, ikkje orkar, orkar ikkje å|meir,
      slit psykisk, slit .. psykisk|mentalt, gått ned .. kilo, et ikkje, nektar å ete, nedfor,
      veldig|svært trist|lei, meiningslaust,
      faren|mora|pappaen|mammaen|broren|systera .. hans|hennar|vår døydde|død|omkom,
      er|så|veldig|svært einsam, trist heile tida, græt heile tida, gret heile, klarar ikkje å gå på,
      klarar ikkje skulen, heilt utsliten, gir opp, ikkje på skulen meir, ikkje .. på skulen lenger|meir
    `,
  },
};
