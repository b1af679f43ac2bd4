import { certificateTexts } from './certificate-texts.ts';
import { followUpTexts } from './follow-up-texts.ts';
import type { RefusalCode } from './generated/types.ts';
import { leaveTexts } from './leave-texts.ts';

export type Language = 'nb' | 'nn' | 'en';

/** What a refusal says, in plain words. Says nothing of who reported first, or of any other child or unit (ADR-11). */
const texts: Readonly<Record<RefusalCode, Readonly<Record<Language, string>>>> = {
  ...leaveTexts,
  ...certificateTexts,
  ...followUpTexts,
  ABSENCE_DAY_PAST: {
    nb: 'Dagen er over. Ta kontakt med enheten hvis noe må rettes.',
    nn: 'Dagen er over. Ta kontakt med eininga dersom noko må rettast.',
    en: 'That day is over. Contact the unit if something has to be corrected.',
  },
  ABSENCE_UNIT_WRONG: {
    nb: 'Barnet hører ikke til denne enheten den dagen.',
    nn: 'Barnet høyrer ikkje til denne eininga den dagen.',
    en: 'The child does not belong to this unit on that day.',
  },
  TIMETABLE_DAY_PAST: {
    nb: 'Timeplanen kan ikke begynne på en dag som er over.',
    nn: 'Timeplanen kan ikkje begynne på ein dag som er over.',
    en: 'A timetable cannot begin on a day that is over.',
  },
  TIMETABLE_OVERLAPPING: {
    nb: 'To timer er samtidig, eller en time slutter før den begynner.',
    nn: 'To timar er samtidig, eller ein time sluttar før han begynner.',
    en: 'Two lessons are at the same time, or one ends before it begins.',
  },
  TRIP_TIMES_WRONG: {
    nb: 'Turen er over, kommer tilbake før den drar, eller varer mer enn fjorten dager.',
    nn: 'Turen er over, kjem tilbake før han dreg, eller varer meir enn fjorten dagar.',
    en: 'The trip is over, returns before it leaves, or takes more than fourteen days.',
  },
  STAY_UNIT_WRONG: {
    nb: 'Barnet har ikke oppholdstider ved denne enheten.',
    nn: 'Barnet har ikkje opphaldstider ved denne eininga.',
    en: 'The child has no hours at this unit.',
  },
  STAY_DAY_WRONG: {
    nb: 'Dagen er over, eller enheten er stengt.',
    nn: 'Dagen er over, eller eininga er stengd.',
    en: 'That day is over, or the unit is closed.',
  },
  STAY_CUT_OFF: {
    nb: 'Enheten har allerede planlagt dagen. Ta kontakt med enheten.',
    nn: 'Eininga har alt planlagt dagen. Ta kontakt med eininga.',
    en: 'The unit has planned the day already. Contact the unit.',
  },
  STAY_TIMES_WRONG: {
    nb: 'Tidene passer ikke sammen. Barn som går alene, må ha et tidspunkt.',
    nn: 'Tidene passar ikkje saman. Barn som går aleine, må ha eit tidspunkt.',
    en: 'The times do not go together. A child who goes alone needs a time.',
  },
  FEATURE_CLOSED: {
    nb: 'Fravær kan ikke meldes her nå. Ta kontakt med enheten på en annen måte.',
    nn: 'Fråvær kan ikkje meldast her no. Ta kontakt med eininga på ein annan måte.',
    en: 'Absence cannot be reported here at the moment. Contact the unit in another way.',
  },
  ABSENCE_TOO_MANY: {
    nb: 'Det er for mange barn, enheter eller dager på én gang.',
    nn: 'Det er for mange barn, einingar eller dagar på éin gong.',
    en: 'Those are too many children, units or days at once.',
  },
  ABSENCE_ENDS_BEFORE_IT_STARTS: {
    nb: 'Siste dag er før første dag.',
    nn: 'Siste dag er før første dag.',
    en: 'The last day is before the first.',
  },
  ABSENCE_PART_WRONG: {
    nb: 'Klokkeslettene er like.',
    nn: 'Klokkesletta er like.',
    en: 'The times are the same.',
  },
  ABSENCE_CAUSE_MISSING: {
    nb: 'Velg en grunn når barnet er borte hele dagen.',
    nn: 'Vel ein grunn når barnet er borte heile dagen.',
    en: 'Choose a reason when the child is away for the whole day.',
  },
  ABSENCE_IS_LEAVE: {
    nb: 'Permisjon søker du om på et eget skjema.',
    nn: 'Permisjon søkjer du om på eit eige skjema.',
    en: 'Leave is applied for on its own form.',
  },
  ABSENCE_UNIT_CLOSED: {
    nb: 'Enheten er stengt de dagene.',
    nn: 'Eininga er stengd dei dagane.',
    en: 'The unit is closed on those days.',
  },
  ABSENCE_TOO_FAR_AHEAD: {
    nb: 'Det er for lenge til.',
    nn: 'Det er for lenge til.',
    en: 'That is too far ahead.',
  },
  ABSENCE_CUT_OFF_PASSED: {
    nb: 'Fristen er ute. Ta kontakt med enheten hvis noe må rettes.',
    nn: 'Fristen er ute. Ta kontakt med eininga dersom noko må rettast.',
    en: 'It is too late. Contact the unit if something has to be corrected.',
  },
  ABSENCE_IS_WITHDRAWN: {
    nb: 'Meldingen er trukket tilbake.',
    nn: 'Meldinga er trekt tilbake.',
    en: 'The report has been taken back.',
  },
  DAYS_FEED_STANDS: {
    nb: 'Du har allerede en adresse for dette barnets dager.',
    nn: 'Du har alt ei adresse for dagane til dette barnet.',
    en: 'You already have an address for this child’s days.',
  },
  HOLIDAY_SURVEY_UNIT_WRONG: {
    nb: 'Bare barnehager og SFO kan spørre om feriedager.',
    nn: 'Berre barnehagar og SFO kan spørje om feriedagar.',
    en: 'Only kindergartens and after-school units ask about holidays.',
  },
  HOLIDAY_SURVEY_DAYS_WRONG: {
    nb: 'Dagene passer ikke. De må være dager som enheten er åpen, og som det spørres om.',
    nn: 'Dagane passar ikkje. Dei må vere dagar som eininga er open, og som det blir spurt om.',
    en: 'The days do not fit. They have to be days on which the unit is open, and that are asked about.',
  },
  HOLIDAY_SURVEY_DEADLINE_WRONG: {
    nb: 'Fristen må være etter nå og før den første dagen.',
    nn: 'Fristen må vere etter no og før den første dagen.',
    en: 'The deadline has to be later than now and before the first day.',
  },
  HOLIDAY_SURVEY_CLOSED: {
    nb: 'Fristen er ute. Ta kontakt med enheten.',
    nn: 'Fristen er ute. Ta kontakt med eininga.',
    en: 'It is too late to answer. Contact the unit.',
  },
  STILL_SICK_NOT_ASKED: {
    nb: 'Det er ikke noe å svare på i dag. Du kan melde fravær på vanlig måte.',
    nn: 'Det er ikkje noko å svare på i dag. Du kan melde fråvær på vanleg måte.',
    en: 'There is nothing to answer today. You can report absence in the usual way.',
  },
  CALENDAR_DAYS_WRONG: {
    nb: 'Dagene står i feil rekkefølge, eller går over et skoleår.',
    nn: 'Dagane står i feil rekkjefølgje, eller går over eit skuleår.',
    en: 'The days are in the wrong order, or go beyond a school year.',
  },
  CALENDAR_TIMES_WRONG: {
    nb: 'Klokkeslettene står i feil rekkefølge.',
    nn: 'Klokkesletta står i feil rekkjefølgje.',
    en: 'The times are in the wrong order.',
  },
  CALENDAR_TOO_LONG: {
    nb: 'Det er for mange dager.',
    nn: 'Det er for mange dagar.',
    en: 'Those are too many days.',
  },
};

/** Bokmål until the viewer's language comes with the request. */
const textOf = (code: RefusalCode, language: Language = 'nb'): string => texts[code][language];

/** The fields that every refusal has. */
export const said = <Code extends RefusalCode>(
  code: Code,
): { readonly code: Code; readonly message: string } => ({
  code,
  message: textOf(code),
});
