import type { Lexicon } from './lexicon.ts';

/** What makes a passage harmless, or not, in English. */
export const contextEn: Lexicon = {
  language: 'en',
  cues: {
    programme: `
      campaign, anti, theme, week on|against|about, parents meeting, lecture, course, programme, program,
      project, poster, posters, learn|learns|learning about, talk|talks|talked about, teach about,
      lesson about|on, lessons about|on, policy, survey, research, fundraiser, fundraising, raise money,
      raised money, collected money, charity, association, society, red cross, religious education,
      visit .. mosque|church|synagogue|temple, exhibition, prevention, information about|on,
      zero tolerance, awareness, workshop
    `,
    fiction: `
      book, novel, story, film, movie, play about, poem, character, about a boy|girl, write|writes about,
      read|reads|reading about
    `,
    negation: `
      not, no, never, without, any, neither, nor, isnt, doesnt, dont, wasnt
    `,
    emphasis: `
      not only, not just, no doubt, no one, no longer
    `,
    self: `
      we are, i am, our family, my family, our son|daughter, my son|daughter|husband|wife, he is, she is,
      as christians|muslims|catholics|hindus, we belong|practise|follow
    `,
    mild: `
      a bit, a little, slightly
    `,
    crowd: `
      in the class, in the group, in the year, some children, pupils with, children with
    `,
  },
};
