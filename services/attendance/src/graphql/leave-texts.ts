/** What refusals about leave say. Nothing of a reason, a child or the other guardian (ADR-11, LEA-09). */
export const leaveTexts = {
  LEAVE_PERIOD_WRONG: {
    nb: 'Permisjon må gjelde dager som ikke er over, i ett skoleår.',
    nn: 'Permisjon må gjelde dagar som ikkje er over, i eitt skuleår.',
    en: 'Leave must be for days that are not over, in one school year.',
  },
  LEAVE_UNIT_WRONG: {
    nb: 'Barnet går ikke på denne skolen alle dagene.',
    nn: 'Barnet går ikkje på denne skulen alle dagane.',
    en: 'The child does not go to this school on all of the days.',
  },
  LEAVE_NO_REGULATION: {
    nb: 'Kommunen har ingen forskrift om permisjon som gjelder da.',
    nn: 'Kommunen har inga forskrift om permisjon som gjeld då.',
    en: 'The municipality has no regulation of leave for that time.',
  },
  LEAVE_NO_SCHOOL_DAY: {
    nb: 'Det er ingen skoledag i perioden.',
    nn: 'Det er ingen skuledag i perioden.',
    en: 'There is no school day in that time.',
  },
  LEAVE_REASON_MISSING: {
    nb: 'Så mange dager gis bare når dere sier hvorfor.',
    nn: 'Så mange dagar blir berre gitt når de seier kvifor.',
    en: 'So many days are given only when you say why.',
  },
  LEAVE_REASON_UNWANTED: {
    nb: 'Til en helligdag skal det ikke skrives noe mer.',
    nn: 'Til ein heilagdag skal det ikkje skrivast noko meir.',
    en: 'Nothing more is to be written for a holy day.',
  },
  LEAVE_TEACHING_NOT_SEEN_TO: {
    nb: 'Permisjon på en helligdag gis når foresatte sørger for undervisningen barnet trenger.',
    nn: 'Permisjon på ein heilagdag blir gitt når føresette syter for undervisninga barnet treng.',
    en: 'Leave on a holy day is given when guardians see to the teaching that the child needs.',
  },
  LEAVE_CHILD_VIEW_MISSING: {
    nb: 'Skriv hva barnet mener.',
    nn: 'Skriv kva barnet meiner.',
    en: 'Write what the child thinks.',
  },
  LEAVE_OVERLAPS: {
    nb: 'Det er alt søkt om eller gitt permisjon for noen av dagene.',
    nn: 'Det er alt søkt om eller gitt permisjon for nokre av dagane.',
    en: 'Leave for some of the days is applied for or granted already.',
  },
  LEAVE_DECIDED: {
    nb: 'Søknaden er avgjort eller trukket.',
    nn: 'Søknaden er avgjord eller trekt.',
    en: 'The application is decided or withdrawn.',
  },
  LEAVE_NOT_DECIDED: {
    nb: 'Søknaden er ikke avgjort ennå.',
    nn: 'Søknaden er ikkje avgjord enno.',
    en: 'The application is not decided yet.',
  },
  LEAVE_UNCHANGED: {
    nb: 'Det er alt avgjort slik.',
    nn: 'Det er alt avgjort slik.',
    en: 'That is what was decided already.',
  },
  LEAVE_COMPLAINED: {
    nb: 'Du har alt klaget på dette vedtaket. Vil du legge til noe, kan du skrive til skolen.',
    nn: 'Du har alt klaga på dette vedtaket. Vil du leggje til noko, kan du skrive til skulen.',
    en: 'You have complained about this decision already. To add something, write to the school.',
  },
  LEAVE_COMPLAINT_MISSING: {
    nb: 'Permisjon som er gitt, tas bare tilbake når noen har klaget.',
    nn: 'Permisjon som er gitt, blir berre teken tilbake når nokon har klaga.',
    en: 'Leave that was granted is taken back only where somebody has complained.',
  },
  LEAVE_COMPLAINT_SETTLED: {
    nb: 'Klagen er alt behandlet her.',
    nn: 'Klaga er alt handsama her.',
    en: 'The complaint has been dealt with here already.',
  },
  LEAVE_OVER: {
    nb: 'Det er ingen dager igjen av permisjonen.',
    nn: 'Det er ingen dagar igjen av permisjonen.',
    en: 'No days are left of the leave.',
  },
  LEAVE_FOR_THE_LEADER: {
    nb: 'Denne søknaden avgjør rektor.',
    nn: 'Denne søknaden avgjer rektor.',
    en: 'The school leader decides on this application.',
  },
  LEAVE_OF_ANOTHER: {
    nb: 'Den som har søkt, kan trekke søknaden. Er du uenig, kan du si det til skolen.',
    nn: 'Den som har søkt, kan trekkje søknaden. Er du usamd, kan du seie det til skulen.',
    en: 'Whoever applied can withdraw it. If you do not agree, you can object.',
  },
  LEAVE_CHILD_UNHEARD: {
    nb: 'Barnet må få si hva det mener før søknaden avgjøres.',
    nn: 'Barnet må få seie kva det meiner før søknaden blir avgjord.',
    en: 'The child must be asked what it thinks before the application is decided.',
  },
  LEAVE_REASONS_MISSING: {
    nb: 'Vedtaket trenger en begrunnelse.',
    nn: 'Vedtaket treng ei grunngiving.',
    en: 'The decision needs reasons.',
  },
  LEAVE_EXCEPTION_NEEDED: {
    nb: 'Forskriften gir ikke rom for dette uten at du gjør unntak.',
    nn: 'Forskrifta gir ikkje rom for dette utan at du gjer unntak.',
    en: 'The regulation has no room for this unless you make an exception.',
  },
} as const;
