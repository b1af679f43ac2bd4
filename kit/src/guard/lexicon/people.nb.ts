import type { Lexicon } from './lexicon.ts';

/** Who is spoken of, and as what, in bokmål. */
export const peopleNb: Lexicon = {
  language: 'nb',
  cues: {
    person: `
      ham, han, hun, henne, dem, meg, oss, hverandre, barna, barnet, ungene, ungen, elever, elevene,
      eleven, elev, medelev*, klassekamerat*, barn, andre, de, noen, jenta, jenten, jentene, jenter,
      gutten, gutter, guttene, sønn, sønnen, datter, datteren, dattera, bror, broren, lillebror,
      storebror, søster, søsteren, lillesøster, storesøster, vår, min, mitt, vårt, tvillingene, vennen,
      venninnen, venninna
    `,
    passive: `
      blir, ble, blitt, bli, blei, være, har blitt, å bli
    `,
    reflexive: `
      seg, seg selv, meg selv
    `,
    idle: `
      slått .. opp|sammen, slår|slo|slått {person} i sjakk|ludo|tennis|finalen|kampen,
      sparke|sparker|sparket fotball|ball|ballen|mål|i|i gang|på,
      dytte|dytter|dyttet på sykkelen|bilen|huska|husken, bite|biter|bitt sammen,
      bitt av flått|insekt|hund|hunden, banke|banker|banket på|inn|tre|døren|døra, bank på,
      kaste|kaster ball, roper|ropte opp, tru på,
      hoppet|hopper|hoppa tau|over|i|på ski|trampoline|trampolinen, ringer og slår,
      presset|presser ned|saft|juice|av, truet|truer av|med regn, løy av, ran av,
      slå|slår|slo|slått rekord|rekorden|rekorder|klokka|klokken|tolv|ett|to|tre|fire|fem|fast|på|sammen|gjennom|gress|gresset|plen|plenen|hjul|opp|følge|an|ut|til|rot|rundt|ring|leir|ned|ballen|ball|mål|dør|døren|spiker|inn|på|stiften|lag|egg|seg|oss|feil|aldri,
      slå|slår|slo av, er|var slått av, slått av .. lyset|strømmen|alarmen|pcen|telefonen,
      lyset|alarmen|strømmen slått
    `,
    conduct: `
      bølle/n, bråkebøtte, ingen vil ha|leke, skilt, skilles, skal skilles, skilsmisse/n, problemet er,
      skaper problemer|uro|bråk, lager uro, uro rundt, plage for, flytte {person}, konsentrasjonen til,
      dårlig oppdratt, uoppdragen, udannet, juksa, jukser, jukset, naska, nasket, stjålne, hevner seg,
      klikker, utrygg|utrygge på, redd {person}, redde {person}, holde {person} unna, hold {person} unna,
      adoptert, rus, ruser, politiet, arrestert, homofil, lesbisk, skeiv, stryker, dum, frekk, ufin,
      stygg, ekkel, skremmer, skremte, mobber, erter, ertet, tuller med, reagerer på, måten {person},
      reagert på, faren til, foreldrene til {person},
      starter|startet|starta bråk|bråket|krangel|krangelen, lager|lagde|laget bråk|bråket|trøbbel|kvalme,
      bråker, bråkmaker/n, bråkete, ødelegger|ødela|ødelagt for|timen|timene|undervisningen, ødelegger,
      forstyrr/v, forstyrre, stjeler, stjal, stjålet, tyv, lyver, løy, løgner, banner, redd for,
      redde for, bekymret for .., oppfører seg dårlig, oppførsel/n til, slem, slemme, sleip, aggressiv/a,
      utagerer, utagering/n, røyker, vaper, snuser, selger, drikker, hasj, narkotika, sint på,
      vanskelig barn, problembarn/n, dårlig innflytelse, skal ikke være sammen, ikke .. sitte ved siden,
      ikke være i samme, ikke gå i samme, ikke på samme, bad influence, voldsom/a,
      ikke .. leke|leker|være|sitte|gå med {person}, vil ikke .. leke|være|gå med, hevngjerrig,
      lurer {person} til, presser {person}, utsetter {person}, plager, plaget, driver med, kaster på,
      ødelagt, mistenker, mistenkt, har gjort, mishandlet, moren til {person} drikker, sa stygt,
      lager kvalme, sure på, irriterer, irriterende, uteligger, tigger, lukter vondt|vond, lus, stinker,
      skitten|skitne, fattige, utlending, asylsøker, true {person}|de|andre, truer, truet, true de,
      styrer alt, bestemmer over, herser, hermer, tvinger, tvang, dominerer, forstyrrer,
      tar tingene|maten|pengene, tok tingene|maten|pengene, har fått advarsel, utvist, bortvist,
      bortvises, kaster ting|stein, er årsaken, er skyld, sin feil, skyld i
    `,
    greeting: `
      hei, heisann, hallo, kjære, takk, god morgen|dag|kveld|helg|jul, morn, takke, takk til, hils,
      gratulerer, hils til, hilse til
    `,
    signature: `
      hilsen, hilsning, mvh, vennlig hilsen, vh, klem, beste hilsener
    `,
    kin: `
      bestemor, bestefar, besten, mormor, morfar, farmor, farfar, tante, onkel, oldemor, oldefar, fetter,
      kusine, gudmor, gudfar, fadder, naboen, nabo, barnevakten, barnevakt, au pair, stemor, stefar,
      bonusmor, bonuspappa, bonusmamma, kjæresten min, samboeren min, mannen min, kona mi, hunden, katten,
      marsvinet, kaninen, hesten, hamsteren, dukken, bamsen, jeg heter, mitt navn er, navnet mitt er,
      mamma, pappa
    `,
    visit: `
      på besøk, kommer hjem til oss, kommer til jul
    `,
    'picks-up': `
      henter, hente, henta, hentet, kjører, følger {person}, leverer, plukker opp
    `,
    sport: `
      finale/n, finalen, kamp/n, kampen, laget, lag, turnering/n, cup, cupen, fotball/n, håndball/n,
      serien, motstander/n, sjakk/n, keeper/n, stafett/n, omgang/n, kino, vikinger, vikingene, slaget
    `,
    title: `
      fru, herr, frøken, dr, doktor, kong, kongen, dronning, prins, prinsesse, kronprins, sankt, st,
      kaptein, president, statsminister, forfatteren, forfatter, komponisten, dikteren, maleren, professor
    `,
    office: `
      på sfo|kontoret|administrasjonen|skolekjøkkenet
    `,
    place: `
      dagen, toget, feiringen, gate, gata, gaten, vei, veien, veg, plass, plassen, stasjon, skole, kirke,
      barnehage, minne, stadion, hallen, park, parken, sykehus, fjell, fjellet, dal, melk, senter,
      senteret, bro, brygge, hytta, museet, museum, dag, sin dag, cup, lopp, hage, torg, bok, cupen, boka
    `,
    figure: `
      anne frank|franks, astrid lindgren, ole brumm, emil i lønneberga, ole lukkøye, karius og baktus,
      henrik ibsen, henrik wergeland, edvard grieg, edvard munch, roald amundsen|dahl, fridtjof nansen,
      knut hamsun, thor heyerdahl, thorbjørn egner, jo nesbø, maja lunde, jørn lier, mikke mus,
      albert åberg, petter kanin, harry potter, line danser, per gynt, peer gynt, askeladden per|pål,
      per og pål, jesus, maria og josef, josef og maria, noahs ark, adam og eva,
      martin luther king|luther, nelson mandela, robin hood, peter pan, romeo og julie, hans og grete,
      ole dole, bruno mars, ronja røverdatter, gro harlem, jens stoltenberg, jonas gahr, erna solberg,
      sofies verden, olav den hellige, olav tryggvason, harald hårfagre, håkon håkonsson,
      kong olav|harald|haakon, dronning sonja, blime
    `,
    'work-role': `
      prest, pastor, imam, rabbiner, munk
    `,
  },
};
