import type { Criterion, Priority } from './instance.ts';

export type Language = 'nb' | 'nn' | 'en';

/** What sentences for guardians are made of, in one language. */
export interface SentenceWords {
  readonly offered: (kindergarten: string, wish: number) => string;
  readonly notNeeded: (kindergarten: string) => string;
  readonly byHand: string;
  /** Of a wish for where the child is. */
  readonly hasPlace: string;
  readonly places: (
    kindergarten: string,
    numbers: { readonly seats: number; readonly group: string; readonly applicants: number | null },
  ) => string;
  readonly rule: (steps: readonly string[]) => string;
  readonly rank: (rank: number) => string;
  readonly last: (rank: number | null, decider: string) => string;
  readonly nobody: string;
  readonly queue: (queue: number) => string;
  readonly modes: Readonly<Record<Priority['mode'], string>>;
  readonly criteria: Readonly<Record<Criterion, string>>;
  readonly lot: string;
  readonly deciders: Readonly<
    Record<
      | 'points'
      | 'distance'
      | 'applied'
      | 'wishRank'
      | 'lottery'
      | 'id'
      | 'explicit'
      | 'incumbent'
      | 'older'
      | 'younger'
      | 'higher',
      string
    >
  > & { readonly named: (priority: string) => string };
}

export const wordsOf = (language: Language): SentenceWords => words[language];

const forGroup = (group: string, names: { readonly small: string; readonly large: string }): string =>
  group === 'small' || group === 'large' ? ` ${names[group]}` : '';

const words: Readonly<Record<Language, SentenceWords>> = {
  nb: {
    offered: (kindergarten, wish) =>
      `Barnet ditt har fått tilbud om plass i ${kindergarten}, som var ønske nummer ${wish}.`,
    notNeeded: (kindergarten) =>
      `${kindergarten} var ikke aktuell, fordi barnet ditt fikk tilbud om plass etter et høyere ønske.`,
    hasPlace: 'Barnet ditt har plass her, og beholder den.',
    byHand: 'En saksbehandler har avgjort noe manuelt som har betydning for dette.',
    places: (kindergarten, { seats, group, applicants }) =>
      `${kindergarten} hadde ${seats} ${seats === 1 ? 'plass' : 'plasser'}${forGroup(group, { small: 'for små barn', large: 'for store barn' })}${applicants === null ? '' : ` og ${applicants} ${applicants === 1 ? 'søker' : 'søkere'}`}.`,
    rule: (steps) => `Barnehagen går fram slik: ${steps.join(', så ')}.`,
    rank: (rank) => `Barnet ditt er nummer ${rank} etter barnehagens regler.`,
    last: (rank, decider) =>
      `Den siste plassen gikk til ${rank === null ? 'et barn' : `nummer ${rank},`} som ${decider}.`,
    nobody: 'Ingen fikk plass der.',
    queue: (queue) =>
      queue === 1 ? 'Dere står først på søkerlisten.' : `Dere er nummer ${queue} på søkerlisten.`,
    modes: {
      firstMatch: 'prioritet etter loven og vedtektene',
      lexicographic: 'prioritet etter loven og vedtektene',
      points: 'prioritet etter loven og poeng etter vedtektene',
      explicit: 'en rekkefølge som er vedtatt',
    },
    criteria: {
      'age:oldest': 'eldste barn først',
      'age:youngest': 'yngste barn først',
      distance: 'korteste vei først',
      applied: 'tidligste søknad først',
      wishRank: 'høyeste ønske først',
    },
    lot: 'loddtrekning',
    deciders: {
      points: 'har flere poeng etter vedtektene',
      distance: 'har kortere vei',
      applied: 'søkte tidligere',
      wishRank: 'hadde barnehagen som høyere ønske',
      lottery: 'ble trukket foran ved loddtrekning',
      id: 'sto likt i alt, også i loddtrekningen, og har et lavere søknadsnummer',
      explicit: 'står foran i rekkefølgen som er vedtatt',
      incumbent: 'hadde plass der fra før',
      older: 'er eldre',
      younger: 'er yngre',
      higher: 'er blant barn med høyere prioritet',
      named: (priority) => `har prioritet: ${priority}`,
    },
  },
  nn: {
    offered: (kindergarten, wish) =>
      `Barnet ditt har fått tilbod om plass i ${kindergarten}, som var ønske nummer ${wish}.`,
    notNeeded: (kindergarten) =>
      `${kindergarten} var ikkje aktuell, fordi barnet ditt fekk tilbod om plass etter eit høgare ønske.`,
    hasPlace: 'Barnet ditt har plass her, og held på den.',
    byHand: 'Ein saksbehandlar har avgjort noko manuelt som har noko å seie for dette.',
    places: (kindergarten, { seats, group, applicants }) =>
      `${kindergarten} hadde ${seats} ${seats === 1 ? 'plass' : 'plassar'}${forGroup(group, { small: 'for små barn', large: 'for store barn' })}${applicants === null ? '' : ` og ${applicants} ${applicants === 1 ? 'søkjar' : 'søkjarar'}`}.`,
    rule: (steps) => `Barnehagen går fram slik: ${steps.join(', så ')}.`,
    rank: (rank) => `Barnet ditt er nummer ${rank} etter reglane til barnehagen.`,
    last: (rank, decider) =>
      `Den siste plassen gjekk til ${rank === null ? 'eit barn' : `nummer ${rank},`} som ${decider}.`,
    nobody: 'Ingen fekk plass der.',
    queue: (queue) =>
      queue === 1 ? 'De står først på søkjarlista.' : `De er nummer ${queue} på søkjarlista.`,
    modes: {
      firstMatch: 'prioritet etter lova og vedtektene',
      lexicographic: 'prioritet etter lova og vedtektene',
      points: 'prioritet etter lova og poeng etter vedtektene',
      explicit: 'ei rekkjefølgje som er vedteken',
    },
    criteria: {
      'age:oldest': 'eldste barn først',
      'age:youngest': 'yngste barn først',
      distance: 'kortaste veg først',
      applied: 'tidlegaste søknad først',
      wishRank: 'høgaste ønske først',
    },
    lot: 'loddtrekking',
    deciders: {
      points: 'har fleire poeng etter vedtektene',
      distance: 'har kortare veg',
      applied: 'søkte tidlegare',
      wishRank: 'hadde barnehagen som høgare ønske',
      lottery: 'vart trekt framfor ved loddtrekking',
      id: 'stod likt i alt, også i loddtrekkinga, og har eit lågare søknadsnummer',
      explicit: 'står framfor i rekkjefølgja som er vedteken',
      incumbent: 'hadde plass der frå før',
      older: 'er eldre',
      younger: 'er yngre',
      higher: 'er blant barn med høgare prioritet',
      named: (priority) => `har prioritet: ${priority}`,
    },
  },
  en: {
    offered: (kindergarten, wish) =>
      `Your child has been offered a place at ${kindergarten}, which was wish number ${wish}.`,
    notNeeded: (kindergarten) =>
      `${kindergarten} was not needed, because your child was offered a place by a higher wish.`,
    hasPlace: 'Your child has a place here, and keeps it.',
    byHand: 'A case worker has decided something by hand that matters for this.',
    places: (kindergarten, { seats, group, applicants }) =>
      `${kindergarten} had ${seats} ${seats === 1 ? 'place' : 'places'}${forGroup(group, { small: 'for small children', large: 'for large children' })}${applicants === null ? '' : ` and ${applicants} ${applicants === 1 ? 'applicant' : 'applicants'}`}.`,
    rule: (steps) => `The kindergarten goes by this: ${steps.join(', then ')}.`,
    rank: (rank) => `Your child is number ${rank} by the kindergarten’s rules.`,
    last: (rank, decider) =>
      `The last place went to ${rank === null ? 'a child' : `number ${rank},`} who ${decider}.`,
    nobody: 'Nobody was given a place there.',
    queue: (queue) => (queue === 1 ? 'You are first on the list.' : `You are number ${queue} on the list.`),
    modes: {
      firstMatch: 'priority by law and statutes',
      lexicographic: 'priority by law and statutes',
      points: 'priority by law and points by the statutes',
      explicit: 'an order that has been decided',
    },
    criteria: {
      'age:oldest': 'oldest children first',
      'age:youngest': 'youngest children first',
      distance: 'shortest way first',
      applied: 'earliest application first',
      wishRank: 'highest wish first',
    },
    lot: 'a draw',
    deciders: {
      points: 'has more points by the statutes',
      distance: 'has a shorter way',
      applied: 'applied earlier',
      wishRank: 'had the kindergarten as a higher wish',
      lottery: 'was drawn first',
      id: 'was equal in everything, the draw too, and has a lower application number',
      explicit: 'is ahead in the order that has been decided',
      incumbent: 'had a place there already',
      older: 'is older',
      younger: 'is younger',
      higher: 'is among children with a higher priority',
      named: (priority) => `has priority: ${priority}`,
    },
  },
};
