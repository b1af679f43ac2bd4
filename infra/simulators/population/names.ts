import type { Dice } from './random.ts';

/** People are named after things, in capitals, as in the registers' own test data: nobody is called this. */
const given = (
  'AVLANG BLANK BLEK BLØT BRED BULKET BØLGET DAFF DEMPET DIGER DJERV DRYPPENDE DUFTENDE DUGGET DYP EKKEL ELASTISK ENKEL EVIG ' +
  'FARGERIK FIFFIG FIRKANTET FJÆRLETT FLAT FLEKKET FLITTIG FLYTENDE FLORLETT FNISENDE FROSSEN FUKTIG FYLDIG GLATT ' +
  'GRØNN GUL GYLDEN HELHJERTET HENDIG HOL HURTIG HVIT HØY HÅNDLAGET INNFUL JAMN JORDNÆR KANTETE KLAR KLISSEN KLOK KNALLBLÅ ' +
  'KNIRKENDE KNUDRETE KORT KRØLLETE KRYPTISK KULERUND KVIKK LANGSOM LAV LETTBENT LILLA LODDEN LUN LYDIG LYSEBLÅ MATT MEKTIG ' +
  'MOROSAM MYK MØNSTRET NATTBLÅ NENNSOM NUMMEN NYSGJERRIG NØYSOM OPPLAGT ORANSJE OVAL PERFEKT PIGG PLUTSELIG POLERT PRAKTISK ' +
  'PRIKKETE PUSSIG PYNTET RASK RIKTIG RISLENDE ROLIG RUGLETE RUND RUTETE RØFF SEIG SELSOM SENDREKTIG SIGEN SINDIG SKEIV SKINNENDE ' +
  'SKJEV SKRÅ SKUMMENDE SLITESTERK SMAL SNAR SPENSTIG SPETTET SPISS SPRØ STABIL STRIPET STØDIG SVAL TALLØS TETT TREVEN TRINN TRIVELIG ' +
  'TVETYDIG TYKK TYNN TÅLMODIG UKUELIG ULIK UNDRENDE UTHVILT VAKKER VALEN VANLIG VASS VELVILLIG VEVER VID VIRVLENDE VIMSETE ÅPEN ØRLITEN'
).split(' ');
const family = (
  'ALARM AMBOLT ANORAKK ARMBØRST AVIS BADEKAR BADSTU BALLONG BANJO BILLETT BLEKKHUS BLOMKÅL BLYANT BOKHYLLE BOKSERT BRUSKASSE BRØDBOKS BRØNN ' +
  'BUNTMAKER BYSSE BÅTSHAKE DAMPVEI DATAMUS DRAGEHALE DØRHÅNDTAK DØRMATTE EGGEKOPP EKORNHJUL FALLSKJERM FARTSMÅLER FESTTELT ' +
  'FIOLKASSE FISKEKROK FJØSNISSE FLAGGSTANG FLETTVERK FLYTEBRYGGE FLØYTEKANNE FOTPUTE FRIMERKE FRUKTFAT FYRSTIKK GAFFELTRUCK ' +
  'GARNNØSTE GLOBUS GRYTEKLUT GULVTEPPE GUMMIAND GYNGESTOL HAGESLANGE HENGEKØYE HETTEGENSER HJULVISP HYLLEKNEKT HØVELBENK ISKREM ' +
  'JERNVARE JORDBÆRTE KAFFEKOPP KAKEFORM KALENDER KANOPADLE KAPSEL KASTANJETT KIKKERT KJELLERLEM KJEVLE KLEMME KLESSNOR KLOKKESTRENG KNAGGREKKE ' +
  'KOFFERT KOMPASS KORKTREKKER KOSTESKAFT KRITTAVLE KRUMKAKE KUMLOKK KURVSTOL LAMPESKJERM LASTEBIL LEKEROM LINJAL LOMMEBOK ' +
  'LUPINE LYKTESTOLPE LØPEHJUL MALERULL MARSIPAN MATPAKKE MELKEGLASS MIKROFON MURSKJE MYGGNETT NATTBORD NETTSTRØM NOTEARK NØKKELRING ' +
  'OLJEKANNE ORGELPIPE OSTEHØVEL PAPIRFLY PARASOLL PENSEL PIANOKRAKK PLASTKASSE PLOGSKJÆR POSTKASSE POTETSKRELLER PUMPEHUS PUSLEBRIKKE ' +
  'RADIATOR RAKETTBASE RINGEKLOKKE RISKOKER ROBÅT RUNDKJØRING RYGGSEKK SAGFLIS SALTBØSSE SANDKASSE SETEBELTE SIRKELSAG SJAKKBRETT SKOHORN SKRIVEBORD ' +
  'SKRUTREKKER SLALÅMSKI SMØRBLOMST SNORKEL SNØFRESER SOKKESKUFF SPARKSTØTTING SPEILEGG SPIKERMATTE STEARINLYS STEKEPANNE STIFTEMASKIN STRIKKEPINNE ' +
  'SUGERØR SYKKELPUMPE SYSKRIN TAKSTEIN TALLERKEN TEKOPP TERMOS TIMEGLASS TOMATSUPPE TRAPPETRINN TREHYTTE TRILLEBÅR TROMMESTIKK TØFFEL ' +
  'TØRKESTATIV ULLPLEDD URSKIVE UTEKRAN VAFFELJERN VALTHORN VANNKANNE VARMEFLASKE VASKEBALJE VEDKUBBE VEIVISER VINDMØLLE VISKELÆR ØREPROPP ÅREPAR'
)
  .toUpperCase()
  .split(' ');
const streets =
  'Blikkboks Bomull Fingerbøl Fløte Garnnøste Grytelokk Hengelås Kanel Knappenål Korketrekker Kritt Linjal Papirklips Persille Puslespill Sandkake Skolisse Snelle Trillebår Tøysekopp Ullsokk Vaffel'.split(
    ' ',
  );
const streetEnds = ['vegen', 'bakken', 'stien', 'svingen', 'kroken', 'lia'];
const unitWords =
  'Blåklokka Brettspillet Dragen Ekornhjulet Fløyten Gummistøvelen Hoppetauet Kikkerten Kompasset Kråkebolla Luftballongen Malerkosten Nøkkelhullet Papirbåten Paradiset Regnfrakken Ringeklokka Sandslottet Seilduken Skolisset Snøkrystallen Sparkstøttingen Spiralen Stjerneskuddet Sukkertøyet Tommestokken Trommestikka Tøffelen Vannhjulet Viskelæret'.split(
    ' ',
  );
const unitPlaces = ['', 'bakken', 'dalen', 'haugen', 'lia', 'marka', 'myra', 'neset', 'vika', 'åsen'];
const departments =
  'Blåbær Bringebær Einer Fløyel Granbar Kongle Konfetti Kvist Lakris Lyng Mose Musling Pinnebrød Skjell Sopp Sukkerert Tyttebær Villnype'.split(
    ' ',
  );

export const givenName = (dice: Dice): string => dice.pick(given);
export const familyName = (dice: Dice): string => dice.pick(family);
export const departmentName = (n: number): string =>
  `${departments[n % departments.length]}${n < departments.length ? '' : ` ${Math.floor(n / departments.length) + 1}`}`;

export function streetName(dice: Dice): string {
  return `${dice.pick(streets)}${dice.pick(streetEnds)}`;
}

/** A different name for each unit: first the words alone, then words with a place behind them. */
export function unitWord(n: number): string {
  const word = unitWords[n % unitWords.length] as string;
  const turn = Math.floor(n / unitWords.length);
  const place = unitPlaces[turn % unitPlaces.length] as string;
  const again = Math.floor(turn / unitPlaces.length);
  return `${place === '' ? word : `${word}s${place}`}${again === 0 ? '' : ` ${again + 1}`}`;
}
