import type { Lexicon } from './lexicon.ts';

/** Bullying, violation, violence and abuse, in English. */
export const bullyingEn: Lexicon = {
  language: 'en',
  cues: {
    'bullying.noun': `
      bullying, cyberbullying, harassment, bullies, teasing, humiliation, insults, name calling
    `,
    'bullying.act': `
      excluded from, been excluded, shunned, ostracised, ostracized, keep|keeps|kept calling {person},
      keep|keeps calling, calls|called|calling {person} names|a, being called, is called,
      nobody|no one talks|wants|plays|sits .. with|to, has no friends, no friends at,
      always alone|sits|eats, fake profile|account, filmed|filming {person}, films {person},
      posts|posted .. about|of {person},
      took|hid|threw|broke|destroyed|stole .. his|her bag|hat|shoes|clothes|bike|phone|lunch|things|glasses,
      not .. safe at school, feels|feel unsafe at, unsafe at school, following|chasing {person},
      chase|chased {person}, make|makes|making .. life miserable, not invited because,
      because of .. skin|accent|weight, gang up|ganging|ganged on|up, tormented, torments, intimidated,
      intimidating, cruel to, mean to, rolling|roll their eyes, whisper|whispering about, bullied,
      bullies|bully|bullying {person}, being bullied, harassed, harassing, harass, teased,
      tease|teases|teasing {person}, picked|picking|picks on, pick on {person}, mocked, mocking,
      humiliated, left out, excluded by, excluding {person}, ignored by, leave|leaving {person} out,
      laugh|laughs|laughed|laughing at {person}, make|makes|made|making fun of,
      calls|call|called|calling {person} .. fat|ugly|stupid|names|gay|retarded|idiot|loser, called names,
      nasty|mean|cruel messages|comments|pictures|things|words|rumours|rumors,
      spreading|spread rumours|rumors, nobody wants to play|sit|be|work with,
      no one wants to play|sit|be|work with, not allowed to play with,
      shared|posted|posting|posts .. pictures|photos|videos|things of|about him|her|my|our,
      nasty|embarrassing|ugly pictures|photos|videos,
      pictures|photos|videos of him|her|my .. shared|posted|spread, called .. names, nobody .. wants,
      no one .. wants, always chosen last, turn their backs, says|say|said .. is|are ugly|fat|stupid,
      laugh|laughs|laughed .. at {person}, threw|throws .. his|her|my, in the toilet,
      pick|picks|picked .. on, target of, not let|allow {person} .. play|sit|join,
      wont let {person} .. play|sit|join, cold shoulder, exclude|excludes|excluded {person}, hate page,
      hate group, peed|pees|spat .. in|on his|her,
      refuse|refuses|refused to let {person} .. play|sit|join, hears that .. is ugly|fat|stupid,
      trash talk, kicked|removed .. out of|from the group|chat, forced|forces|forcing {person} to,
      made to, tripped|trips {person}, blamed for everything, discriminated, pointing and laughing,
      mean girls, insult|insults|insulted {person}
    `,
    'violence.act': `
      hit|hits|hitting, kick|kicks|kicked|kicking, punch|punches|punched|punching, slap|slaps|slapped,
      push|pushes|pushed|pushing, shove|shoves|shoved, bite|bites|bit|bitten, spit|spits|spat,
      beat|beats|beaten|beating, pinch|pinches|pinched, choke|chokes|choked, attack|attacks|attacked,
      threaten|threatens|threatened|threatening, hurts|hurting, strangled, scratches|scratched
    `,
    'violence.word': `
      pushed down, thrown to the ground, hit in the face|stomach|head, held|holding {person} down,
      punched in, kicked in, bleeding nose, black and blue, fist, fist fight, knocked down|over|out,
      locked {person} in, headlock, marks on .. neck|arm|arms|body, beaten up, beat up, beats up,
      bruise|bruises|bruised, bite marks, violence, violent, assault|assaulted, death threat|threats,
      extortion, racist, racism, racial slur|slurs, homophobic, with a knife, black eye, threats against,
      threats, threatening messages, should die, kill yourself, beaten by, hit by, kicked by,
      pulled .. hair, stone|rock|snowball .. at|in his|her head|face, on purpose by, stabbed,
      cut off .. hair, thrown stones
    `,
    abuse: `
      grabbed|touched|pinched her|his bottom|breasts|bum|breast|thigh|butt, sexual comments|remarks,
      pulled down .. trousers|pants, porn, sexual assault|abuse|harassment, sexually, raped, rape, groped,
      touched|touching|touches {person} .. inappropriately, touched inappropriately, abused, abusing,
      nude pictures|photos, nudes, molested, in the shower
    `,
  },
};
