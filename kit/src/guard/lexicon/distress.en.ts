import type { Lexicon } from './lexicon.ts';

/** Strong distress, and a death in the family, in English. */
export const distressEn: Lexicon = {
  language: 'en',
  cues: {
    distress: `
      stomach ache every, throws up before, rather be dead|die, be dead, better dead,
      wishes|wish he|she was|were dead|gone, does not deserve, deserve to live, tired of living,
      no reason to live, suicide note, jump off|from, do something to|stupid, tried|tries to kill|take,
      took|take|taken his|her own life, begs|begged|begging .. not to go|home, wets the|himself|herself,
      wakes up screaming|crying, cannot sleep because, isolates himself|herself,
      will not leave .. room|bed, wont leave .. room|bed, cannot get .. out of bed, not coping,
      breaking down, broke down, breakdown, grieving, in despair, distraught, inconsolable, hopeless,
      panics, so scared|afraid, dreads, dreading going|school, dread|dreads going,
      father|mother|dad|mum|brother|sister died|passed, lost .. father|mother|brother|sister,
      not want to live|be, wants to die, want to die, wanted to die,
      thinks|thinking|talks|talking about dying|death, suicide, suicidal,
      kill|killing himself|herself|themselves, end his|her life, self harm, self harming, selfharm,
      harms|hurts|harming|hurting|cuts|cutting himself|herself, cuts on .. arm|arms|legs|wrists,
      refuses|refused|refusing to go|come|attend, does|do not want to go to school,
      doesnt|dont want to go to school, school refusal, afraid|scared|terrified of .. going|coming|school,
      afraid|scared|terrified to go|come, too afraid|scared to, terrified,
      cries|crying|cried every|all|herself|himself, in tears every, panic attack|attacks, anxiety,
      depressed, depression, desperate, traumatised, traumatized, heartbroken, miserable, devastated,
      hates himself|herself|his|her life,
      feels|feeling completely|so|very|totally|utterly alone|lonely|unsafe|worthless,
      feels alone|lonely|unsafe|worthless, deeply|very unhappy, barely|hardly eats|sleeps,
      stopped eating|talking|speaking, cant take it any, better off without, nightmares every,
      locks himself|herself, hates life, hates his|her|my life, hate my life, disappear forever,
      wants to disappear, clings to, cannot get him|her .. to|out, lost .. kilos|weight, not eating,
      stops eating, does not eat, struggling mentally, mental health is|has|of, low mood, very low,
      no will to, cry|crying himself|herself to sleep, sobbing, sobs, traumatic, so|very lonely,
      is lonely, low self esteem, cries all, sad all, gave up, giving up, cannot cope, cant cope,
      mentally exhausted, exhausted and, panicking, lost the will
    `,
  },
};
