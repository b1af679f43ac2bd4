import type { Lexicon } from './lexicon.ts';

/** Personal finances, in bokmål. */
export const financesNb: Lexicon = {
  language: 'nb',
  cues: {
    'money.hardship': `
      dårlig|lite|smått|trangt|knapt med penger, trangt økonomisk, null|ingenting på konto|kontoen,
      tomt på konto|kontoen, tom konto, fattighuset, matsentralen, slit/v med å betale, sliter økonomisk,
      sliter med økonomien|regningene|økonomi|regninger, ikke mulighet til å betale,
      har ikke mulighet .. betale, ikke .. i stand til å betale, ikke penger til,
      klarer|greier|makter ikke .. betale, klarer|greier ikke utgiftene|betalingen|fakturaen,
      for dyrt for oss, uføretrygdet/p, uføretrygda, trygdet, alenemor .. råd|økonomi, beslaglagt,
      kredittsjekk, lønningen, minstepensjon*, låne penger, lånt penger, skylder penger,
      skylder .. kroner, skattegjeld, fri rettshjelp, søke .. fond .. økonomisk,
      økonomisk støtte|hjelp|bistand, mistet|mista inntekten|jobben|inntekta, sagt opp fra jobben,
      oppsagt, oppsigelse/n, nedbemann*, stønad/n, navpenger, på nav, går på nav, av nav,
      enslig forsørger, redusert betaling .. inntekt, inntektsgrens*, skattemelding*, inntekt under,
      betalingsproblem*, betalingsvansk*, restanse/n, husleierestanse, strømmen .. stengt,
      stengt strømmen, ikke råd til, har ikke .. råd til, ikke har råd, har vi|jeg ikke råd, lite penger,
      ikke penger, har ikke .. penger, mangler penger, ingen penger, tom for penger, pengene strekker,
      pengene er slutt, blakk/a, ingenting å rutte,
      dårlig|trang|vanskelig|stram|anstrengt|elendig økonomi|råd,
      økonomien .. dårlig|trang|vanskelig|stram|elendig|ødelagt|vår,
      økonomisk|økonomiske vanskelig|problemer|vansker|krise|situasjon|trøbbel, privatøkonomi/n,
      arbeidsledig/a, arbeidsløs/a, mistet|mista|miste jobben, permittert, permitterte, konkurs,
      sosialstønad/n, sosialhjelp/n, sosialen, stønad fra nav, nav stønad, penger fra nav, dagpenger,
      arbeidsavklaringspenger, uføretrygd/n, ufør, uføre, ufør*, på trygd, bostøtte/n, overgangsstønad/n,
      kvalifiseringsprogrammet, gjeld, gjelden, gjeldsordning/n, gjeldsproblem*, forbruksgjeld,
      kredittkortgjeld, forbrukslån, inkasso*, inkasso, utlegg i, namsmann/n, namsmannen,
      betalingsanmerkning/n, tvangssalg/n, lønnstrekk/n, kastet ut, utkastelse/n, problemer med å betale,
      klarer ikke .. betale|husleien|husleia|regningene|regningen|avdragene,
      ikke betalt husleien|husleia|leien|strømmen, får ikke betalt leien|husleien|strømmen, ikke råd,
      lav|lavt|lave|liten|lite|redusert inntekt|lønn, inntekten min|vår|hans|hennes,
      lønnen min|hans|hennes, lønna mi, tjener bare|lite|for, årsinntekt på, stå på bar bakke,
      bostedsløs/a, matkø/n, matutdeling, fattig/a,
      lever på|av .. stønad|trygd|nav|sparepenger|sosialhjelp, står på gaten|gata, lever i fattigdom,
      endene til å møtes, endene møtes, økonomien tillater|strekker|holder, økonomi .. tillater,
      ikke økonomi til, minstepensjonist/n, står uten penger|jobb|inntekt, uten inntekt, uten jobb,
      ingen inntekt, arbeidssøker/n, avslag på lån, huslån .. betale, kan ikke .. betale, ikke kan betale,
      ikke .. betale regningen|husleien|regningene, dårlig stilt, dårlige råd, stramt økonomisk,
      økonomisk .. stramt|tøft|vanskelig, det økonomiske, trenger økonomisk, hjelp til å betale,
      søke .. sosial, avbetalingsplan, gambling, spillegjeld, brukte klær fordi, ikke kjøpe .. fordi,
      har mistet|mista jobben|arbeidet, mistet|mista arbeidet
    `,
    'money.late': `
      utsatt betaling, betalingsutsettelse/n, utsettelse på betaling, betale senere,
      ikke betalt .. fakturaen|regningen, får ikke betalt fakturaen|regningen, avdragsordning,
      delbetaling, avbetaling, purring/n, nav
    `,
  },
};
