import type { Lexicon } from './lexicon.ts';

/** Child welfare, and what is wrong at home, in bokmål. */
export const childWelfareNb: Lexicon = {
  language: 'nb',
  cues: {
    welfare: `
      samværsavtale*, foreldreansvar saken, daglig omsorg, delt bosted, foreldretvisten, rettssak/n om,
      tingretten .. barn|samvær, advokaten min, mekling om, skjult|hemmelig|gradert|sperret adresse,
      ikke oppgi .. adresse|hvor, anmeldt/p, politianmeld*, politiet .. hjemme|hjem|hentet, adopter*,
      akuttvedtak, verge/n, vergen, mindreårig asylsøker, enslig mindreårig, utvist, sendes ut av landet,
      asylsak*, oppholdstillatelse, kidnappet, tatt med .. til utlandet, etterlatt i utlandet,
      drikker seg full, drikker .. hver|igjen|mye, fulle foreldre,
      redd faren|moren|pappa|mamma|stefar|far|mor sin, redd pappa|mamma|far|mor,
      ikke hjem til pappa|mamma|far|mor, vil ikke til|hjem|dra .. pappa|mamma|faren|moren,
      pappa|mamma|far|mor|stefar|faren|moren|stefaren .. slår|slo|drikker|ruser|truer, ingen mat hjemme,
      alene hjemme om natten|hele, sulten .. hjemme, ikke mat hjemme, krangler|krangling .. hjemme hver,
      skilsmisse/n er, familievernkontor*, krangel hjemme, voldelig .. hjemme|ektemann|far,
      merker etter .. hjemme, barnevern, barnevernet, barnevernets, barnevern*, barnevernstjeneste/n,
      barnevernsvakt/n, fosterhjem*, fosterhjem/n, fosterforeldre, fosterfamilie/n, fosterbarn/n,
      fostermor, fosterfar, beredskapshjem, beredskapshjemm*, avlastningshjem/n, institusjonsplass*,
      barnevernsinstitusjon/n, krisesenter/n, krisesenteret, voldsalarm/n, besøksforbud/n, kontaktforbud,
      besøk med tilsyn, samvær under tilsyn, samværsnekt/n, barnefordeling*, foreldretvist/n,
      omsorgsovertakelse/n, omsorgsovertagelse/n, omsorgssvikt/n, bekymringsmelding/n, meldeplikt til,
      hjelpetiltak/n fra, fylkesnemnd/n, barnebortføring/n, kidnapp/v, hemmelig adresse, sperret adresse,
      kode 6|7, strengt fortrolig, alarmtelefonen for, statens barnehus, tilrettelagt avhør, fengsel/n,
      fengslet, soning, soner|sone en dom|dom, varetekt/n, æresrelatert, tvangsekteskap/n, tvangsgift*,
      kjønnslemlest*, negativ sosial kontroll, vold i hjemmet|familien|nære, slått|slår|slo hjemme,
      redd for .. hjem, redd for faren|moren|pappa|mamma|far|mor|stefar|stefaren|stemor,
      pappa|mamma|faren|moren|stefaren|stefar|stemor|far|mor slår|slo|skriker|drikker|ruser|truer,
      ruser seg, drikker for mye, drikker hver, er full hver|når, beruset, ikke .. trygt der|hjemme|hos,
      ikke .. det trygt, utrygg hjemme, utrygt hjemme, vanskjøtsel, forsømt, forsømmer,
      går sultne|sulten til, samværet med|hos|er, samvær med far|mor|faren|moren, anmeldelse mot,
      plassert hos, slår|slått|slo barna|barnet|ungene|kona,
      mistet|fratatt .. foreldreansvaret|omsorgen|foreldreansvar, ikke ha kontakt|samvær,
      ikke .. kontakt med faren|moren|far|mor,
      moren|faren|mor|far|mamma|pappa|stefaren .. full|fulle|ruset|beruset|påvirket,
      alene .. midt på natten, overlatt til seg selv, redde for .. kidnappet|bortført|tatt, bortført/p,
      voldelig mot, rus hjemme, rusmiddel*, i hjemmet, politiet kom hjem,
      hentet .. av politiet|barnevernet, akuttplassert, under omsorg av, tilsyn av barnevernet, oppnevnt,
      støttekontakt, avlastning, far|mor|pappa|mamma .. fengsel|fengslet|arrestert|dømt, dømt for
    `,
  },
};
