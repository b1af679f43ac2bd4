import type { Lexicon } from './lexicon.ts';

/** Individual decisions and plans, in English. */
export const decisionsEn: Lexicon = {
  language: 'en',
  cues: {
    'decision.word': `
      support plan, learning support, pupil file, county governor, appeal, appealed, our complaint about,
      statement of special, extra support hours, speech therapist, speech therapy, learning difficulties,
      learning disability, reading difficulties, assessment report, expert report, access to .. file,
      individual support|subject|adaptation, adaptation plan, right to support, special education,
      special needs, individual education|educational|learning|support plan, individual plan, iep, iop,
      ppt, educational psychology|psychologist, expert assessment, individual decision,
      adapted education|teaching, individually adapted, dyslexia, dyslexic, support assistant,
      section 12 4, responsibility group
    `,
    'decision.formal': `
      formal decision, administrative decision, decision
    `,
    appeal: `
      appeal, appealing, appealed, complain, complaint, entitled, against, rejected
    `,
  },
};
