import type { Lexicon } from './lexicon.ts';

/** Child welfare, and what is wrong at home, in nynorsk, where it differs from bokmål. */
export const childWelfareNn: Lexicon = {
  language: 'nn',
  cues: {
    welfare: `
      daglig omsorg, skjult|løynd|hemmeleg adresse, meld til politiet, melde faren,
      redd far|mor|faren|mora|pappa|mamma sin, redd pappa|far|mor|mamma,
      pappa|mamma|far|mor|faren|mora .. slår|slo|drikk|rusar|trugar, som drikk, far sin .. drikk,
      vil ikkje heim|til .. pappa|mamma|far|mor, ikkje mat heime, åleine heime om, verje, drikk seg full,
      barnevernstenesta, fosterheim*, fosterheim/n, beredskapsheim/n, avlastingsheim/n, krisesenteret,
      besøksforbod/n, kontaktforbod, omsorgsovertaking/n, omsorgssvikt, bekymringsmelding/n,
      samvær under tilsyn, hemmeleg adresse, fengsel/n, valdsalarm, vald i heimen|familien|nære,
      slege|slått|slår|slo heime, redd for .. heim, redd for faren|mora|pappa|mamma|far|mor,
      drikk for mykje, drikk kvar, rusar seg, ikkje .. trygt der|heime|hjå,
      pappa|mamma|faren|mora|stefaren slår|slo|skrik|drikk|rusar, samværet med, samvær med far|mor,
      slår|slo|slege|slått borna|barna|barnet|ungane, plassert hjå, mista .. foreldreansvaret|omsorga,
      ikkje ha kontakt|samvær, mora|faren|mor|far|mamma|pappa .. full|rusa|påverka, i heimen,
      politiet kom heim, vald heime, vald .. heime, akuttplassert, dømd for,
      slegen|slått|banka av .. mannen|faren|kona|mora|sambuaren|pappa|mamma,
      mannen|sambuaren|eksen .. slår|slo|slege|trugar|valdeleg, vald frå, misbruk, misbrukt,
      tilhøva heime, situasjonen heime, rømt frå|heimanfrå, samlivsbrotet, skilsmissa
    `,
  },
};
