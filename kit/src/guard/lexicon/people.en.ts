import type { Lexicon } from './lexicon.ts';

/** Who is spoken of, and as what, in English. */
export const peopleEn: Lexicon = {
  language: 'en',
  cues: {
    person: `
      him, he, she, her, them, me, us, each other, children, child, kids, kid, pupil, pupils, student,
      students, classmate, classmates, girl, girls, boy, boys, son, daughter, brother, sister, my, our,
      someone, others, twins
    `,
    passive: `
      was, were, is, been, being, got, gets, are, be
    `,
    reflexive: `
      himself, herself, myself, themselves, themself
    `,
    idle: `
      hit|hits|hurt|hurts|bumped|bit|scratched .. his|her|my head|knee|arm|leg|foot|toe|elbow|finger|tongue|nose,
      beat|beats|beating the|their|our record|team|drum|clock|other|them|us|class, beat .. record,
      hit|hits|kick|kicks|kicked|kicking the|a|it ball|target|road|goal|button|over|off, hit off,
      kick off, kicked off, push|pushes up|the, hitting the, bit of, a bit, attack|attacks on goal,
      punch|punches holes|a
    `,
    conduct: `
      bully, troublemaker, separated, divorced, divorcing, move {person}, cheats, cheated, nobody wants,
      keep away from, stay away from, rude, violent, scares, annoys, teases, react to, the way {person},
      police, arrested, gay, pregnant, adopted, starts|started trouble|fights|fighting, ruins, ruined,
      ruining, disturbs, disturbing, disrupts, disrupting, steals, stole, stolen, lies, lied, afraid of,
      scared of, naughty, aggressive, behaves badly, misbehaves, swears, vapes, smokes, drugs,
      bad influence, not .. sit next to, not be in the same, mean to, rude to, trouble, keeps hitting,
      keeps bothering, not play with, smells, dirty, drinks, destroys, broke, bothers, bothering,
      threatens, threaten, threatened, to blame, fault, suspended, expelled, throws things|stones, bossy,
      dominates, forces
    `,
    greeting: `
      hi, hello, dear, hey, thanks, thank you, good morning|afternoon|evening
    `,
    signature: `
      regards, kind regards, best regards, best wishes, sincerely, yours, cheers
    `,
    kin: `
      grandma, grandpa, grandmother, grandfather, granny, grandad, nana, aunt, auntie, uncle, cousin,
      neighbour, neighbor, babysitter, nanny, my husband, my wife, my partner, stepmother, stepfather,
      our dog, our cat, the hamster, my name is, mum, mom, dad
    `,
    visit: `
      is visiting, visiting us, is staying with us, comes to visit
    `,
    'picks-up': `
      picks, pick, picking, will pick, collects, will collect, drives
    `,
    title: `
      mr, mrs, ms, miss, dr, king, queen, prince, princess, saint, st, captain, president, professor
    `,
    place: `
      street, road, square, station, school, church, park, avenue, hospital, lane, day, campus, museum
    `,
    figure: `
      mary and joseph, adam and eve, noahs ark, peter rabbit, anne frank, harry potter, roald dahl,
      nelson mandela, martin luther king, robin hood, peter pan, romeo and juliet, winnie the pooh
    `,
    'work-role': `
      priest, pastor, imam, rabbi, vicar
    `,
  },
};
