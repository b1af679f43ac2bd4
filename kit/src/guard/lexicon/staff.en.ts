import type { Lexicon } from './lexicon.ts';

/** Grievances with staff, in English. */
export const staffEn: Lexicon = {
  language: 'en',
  cues: {
    staff: `
      teacher, teachers, assistant, principal, headteacher, head teacher, headmaster, rector, substitute,
      supply teacher, staff, caretaker, coach, kindergarten leader, head of department, employee
    `,
    grievance: `
      pulled, pulls, pulling, shook, shoved, rude, unprofessional, condescending, mistreats, mistreated,
      mistreating, neglects, touched, touches, touching, smells of alcohol, made|makes|making fun,
      not doing .. job, does not care, looks the other way, turns a blind, should not work, must go,
      resign, favours, favoritism, swore at, swears, dragged, drags, bullying, insulted, insults,
      private messages, shouts, shouting, shouted, yells, yelling, yelled, screams, screaming, screamed,
      humiliates, humiliated, humiliating, lies, lied, lying, liar, grabbed, grabs, grabbing, hits, hit,
      slapped, does nothing, did nothing, does not do anything, covers up, covering up, no longer trust,
      not trust, lost trust|faith|confidence, dont trust, drunk, inappropriate, incompetent, unfit,
      complain about, complaint about|against, discriminates, discriminated, bullies, mocks, mocked,
      calls them|him|her, called him|her, unfair, should be fired, must be fired, ignores, ignored,
      threatened, threatens, racist, punished|punishes {person}, stupid, treated .. badly|unfairly,
      treats .. badly|unfairly, takes no responsibility, picks on, disrespectful, scares, scared my,
      mean to, called|calls .. stupid|lazy|dumb|idiot, unacceptable, held down, mocking, aggressive,
      hostile, harsh, not .. trust, lost .. trust, ridiculed, ridicules
    `,
  },
};
