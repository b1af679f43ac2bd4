import type { Lexicon } from './lexicon.ts';

/** Grievances with staff, in bokmål. */
export const staffNb: Lexicon = {
  language: 'nb',
  cues: {
    staff: `
      lærer, læreren, lærere, lærerne, lærerens, *lærer, *læreren, kontaktlærer/n, assistent/n,
      assistenten, fagarbeider/n, barneveileder/n, miljøterapeut/n, miljøarbeider/n, rektor, rektoren,
      inspektør/n, avdelingsleder/n, sfo leder/n, vikar/n, vikaren, pedagog, pedagogen, pedagogisk leder,
      styrer, styreren, barnehagelærer/n, ansatt, ansatte, sfo ansatte, de ansatte, vaktmester/n,
      vaktmesteren, helsesykepleier/n, sosiallærer/n, renholder/n, sjåføren
    `,
    grievance: `
      reagerer på, reagert på, reagerer sterkt, gjør|gjorde narr, feig, tar ikke tak, ikke tar tak,
      tok ikke tak, ikke grep|griper inn, bryr seg ikke, bryr seg ingenting, ser en annen vei,
      ser ikke på, måten .. snakker, snakker stygt|nedlatende|hardt, nedlatende, frekk/a, uprofesjonell/a,
      straffer|straffet, kollektiv straff, overser, urimelig, ubehagelig/a, ekkel, kommer aldri,
      aldri til stede, møter aldri, alkohol, lukter alkohol|sprit, løfter stemmen, skjeller ut|på,
      skjelte ut, kjefter, kjeftet, hisser seg, sinna på, forskjellsbehandl*, dårlig lærer, elendig,
      stryker {person} på, sms til|til, sender private|meldinger til, mistillit/n, varsle om, varslet,
      anmelde, lugger, klyper, rister, ristet, dytter, sperrer, stenger inne,
      roper|ropte|skriker|skrek|brøler|kjefter|kjeftet til|på, roper, skriker, brøler,
      kalle|kaller|kalte {person}, kaller dem, kalte dem, lyver, løy, løgner, lyger, tok|tar|tatt hardt,
      tok|tar|tatt .. hardt, dekker over, gjør|gjorde|gjort ingenting, gjør ikke jobben,
      mistet .. tilliten|tillit, ingen tillit, ikke tillit, stoler ikke,
      er|var|virker|virket full|beruset|påvirket|rusa|rus, full på jobb, krenker, krenket, krenkende,
      ydmyker, ydmyket, ydmykende, uegnet, inkompetent, udugelig, upassende, klage på, klager på,
      varsel om, går ikke overens, hater {person}, mobber, trakasserer, diskriminer/v, favoriserer,
      urettferdig behandl*, urettferdig, slår, slo, sparket, dyttet, filmer,
      inn i jentegarderoben|guttegarderoben|garderoben, bør sparkes|slutte, neglisjerer, ignorerer,
      lugget, klikket, mister besinnelsen, truet, truer, burde|bør slutte|sparkes|sies, må sparkes|sies,
      dratt|drar|dro .. i øret|armen|håret|hånda|hånden|jakka, dratt|drar|dro i {person},
      låser|låste .. {person}, låser|låste dem|barna|ham|henne .. ute|inne, tok|tar|tatt på .. {person},
      tatt|tok|tar på flere|en|noen, sa|sier .. dum|dumme|stygg|lat|late|idiot|håpløs,
      behandlet|behandler|behandla .. dårlig|urettferdig|stygt|respektløst, dårlig behandlet|behandlet av,
      tar ikke ansvar, ikke tar ansvar, skremmer, skremte, truende, redd for, redde for, svarer ikke på,
      sover på jobb, røyker, bakfull, rusa på, ruset, hakker på, ute etter, tråkker på, respektløs/a,
      latterliggjør, latterliggjorde, tuller med, mobbet, mobba, trakasserte, klapset, slo til, slått,
      dasket, spark, filleristet, er dum|stygg|lat|håpløs|idiot|tapere, kalt {person},
      kalte|kaller|kalt .. dum|lat|stygg|idiot|treg|håpløs, ufin, frekk mot, hyler, hylte, hylt, røsket,
      rev, revet, kastet ut, har ikke .. tillit, holdt, holder .. fast, sint på, ser ned på,
      latterliggjort, tok på, tatt på, utnytter, beskytter seg selv, skjuler, løgnaktig, inkompetente,
      dårlig behandling, uakseptabel/a, uakseptabelt, skandale, skremmende
    `,
  },
};
