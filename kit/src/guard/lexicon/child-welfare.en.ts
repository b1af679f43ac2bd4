import type { Lexicon } from './lexicon.ts';

/** Child welfare, and what is wrong at home, in English. */
export const childWelfareEn: Lexicon = {
  language: 'en',
  cues: {
    welfare: `
      custody, visitation, contact order, court order, hidden|undisclosed address,
      do not tell .. where we, reported .. father|mother|husband to, police .. home|house,
      placed with us|a, adopted, adoption, guardianship case, asylum, deported, unaccompanied minor,
      afraid of his|her father|dad|mum|mother|stepfather,
      ex husband|wife|partner .. hits|beats|threatens|drinks,
      father|mother|dad|mum|stepfather hits|beats|drinks|threatens|shouts, husband hits|beats|threatens,
      abused at home, no food at home, left alone at home, gets drunk, drunk when, takes drugs,
      child welfare, child protection, social services,
      foster home|care|parents|family|child|mother|father, emergency care home, womens shelter,
      moved to .. shelter, at .. shelter, restraining order, no contact order,
      custody battle|dispute|case, supervised visits|visitation|contact, taken into care, neglect,
      neglected, report of concern, domestic violence|abuse, violence at home, prison, jail, imprisoned,
      secret address, protected address, forced marriage,
      beats|hits|beat|beating|hitting|hit .. children|kids|wife, beaten|hit at home,
      afraid of .. father|mother|dad|mum|stepfather, afraid|scared to go home, drinks too much|every,
      drunk every, not safe at|there, unsafe at home, kidnapped, lost custody, hit me, hits me, beats me,
      my husband|wife|ex .. hit|hits|beat|beats, police came to our|the house|home, removed from .. home,
      unsafe home, not safe at home, mother|father|mom|dad .. drunk|drinks|high|jail|prison|arrested,
      violent at home, violent father|husband|partner, beaten by .. husband|father|mother|parents|partner,
      hit by .. husband|father|mother|dad|mum, situation at home, conditions at home, ran away from home,
      run away from, divorce, our divorce, separation, sexual abuse at
    `,
  },
};
