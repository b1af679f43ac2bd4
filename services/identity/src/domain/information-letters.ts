import type { ToldGround } from './information-request.ts';
import type { LawProfile } from './law-profile.ts';

/** Decisions are in one of the two written forms of Norwegian; anything else is an aid beside it (LANG-05). */
export type WrittenForm = 'nb' | 'nn';
export type TextLanguage = WrittenForm | 'en';

/** A refusal as it is sent. The decision is the Norwegian text; `aid` helps to understand it and decides nothing. */
export interface Letter {
  readonly text: string;
  readonly aid: string;
}

type Written = (law: LawProfile, ground: ToldGround, reasons: string | null) => readonly string[];

/** Everything that a decision has to say (ADM-02): outcome, law, reasons, complaint with body and time, documents, help. */
export function refusalLetter(
  law: LawProfile,
  form: WrittenForm,
  ground: ToldGround,
  reasons: string | null,
): Letter {
  const write = (language: TextLanguage): string => letters[language](law, ground, reasons).join('\n\n');
  return { text: write(form), aid: write('en') };
}

/** An answer, under a heading that names neither child nor unit. */
export const answerLetter = (law: LawProfile, form: WrittenForm, answer: string): string =>
  [answerHeadings[form](law.children.information), answer].join('\n\n');

const answerHeadings: Readonly<Record<WrittenForm, (paragraph: string) => string>> = {
  nb: (paragraph) => `Svar på spørsmål etter barnelova ${paragraph}`,
  nn: (paragraph) => `Svar på spørsmål etter barnelova ${paragraph}`,
};

const letters: Readonly<Record<TextLanguage, Written>> = {
  nb: ({ children, administration: act }, ground, reasons) => [
    `Vedtak om opplysninger etter barnelova ${children.information}`,
    'Kommunen gir deg ikke opplysningene du har bedt om.',
    `Begrunnelse (forvaltningsloven ${act.reasons})`,
    ...because.nb[ground],
    ...(reasons === null ? [] : [reasons]),
    `Slik kan du klage (forvaltningsloven ${act.complaint})`,
    `Du kan klage til Statsforvalteren. Fristen er ${act.complaintWeeks} uker fra du mottok vedtaket. Klagen skriver du her, eller i et brev til kommunen, som sender den videre. Skriv hva du vil ha endret, og gjerne hvorfor.`,
    `Du kan be om å få se sakens dokumenter (forvaltningsloven ${act.documents}). Kommunen hjelper deg med å klage hvis du ber om det (${act.guidance}).`,
  ],
  nn: ({ children, administration: act }, ground, reasons) => [
    `Vedtak om opplysningar etter barnelova ${children.information}`,
    'Kommunen gir deg ikkje opplysningane du har bede om.',
    `Grunngiving (forvaltningslova ${act.reasons})`,
    ...because.nn[ground],
    ...(reasons === null ? [] : [reasons]),
    `Slik kan du klage (forvaltningslova ${act.complaint})`,
    `Du kan klage til Statsforvaltaren. Fristen er ${act.complaintWeeks} veker frå du fekk vedtaket. Klaga skriv du her, eller i eit brev til kommunen, som sender ho vidare. Skriv kva du vil ha endra, og gjerne kvifor.`,
    `Du kan be om å få sjå dokumenta i saka (forvaltningslova ${act.documents}). Kommunen hjelper deg med å klage dersom du ber om det (${act.guidance}).`,
  ],
  en: ({ children, administration: act }, ground, reasons) => [
    'This is a help to understand the decision. The decision is the Norwegian text.',
    `Decision on information under the Children Act (barnelova) ${children.information}`,
    'The municipality does not give you the information you asked for.',
    `Reasons (forvaltningsloven ${act.reasons})`,
    ...because.en[ground],
    ...(reasons === null ? [] : ['The municipality has written more about its reasons in the decision.']),
    `How to complain (forvaltningsloven ${act.complaint})`,
    `You can complain to the County Governor (Statsforvalteren). The time limit is ${act.complaintWeeks} weeks from when you received the decision. Write the complaint here, or in a letter to the municipality, which sends it on. Say what you want changed, and preferably why.`,
    `You can ask to see the documents of the case (forvaltningsloven ${act.documents}). The municipality helps you to complain if you ask for it (${act.guidance}).`,
  ],
};

/** Why, as the asker may know it. `UNTOLD` names every reason that there can be, so that it is none in particular. */
const because: Readonly<Record<TextLanguage, Readonly<Record<ToldGround, readonly string[]>>>> = {
  nb: {
    UNTOLD: [
      'En forelder uten foreldreansvar har rett til opplysninger om barnet sitt når forelderen spør. Retten gjelder bare den som er forelder til barnet, og bare barn som går i skole, barnehage eller SFO i kommunen. Den gjelder ikke når opplysningene kan skade barnet, eller når de er underlagt taushetsplikt også overfor foreldre.',
      'Vilkårene er ikke oppfylt. Kommunen kan ikke si hvilket av dem det gjelder uten å gi opplysninger du kanskje ikke har rett til. Vedtaket sier derfor heller ikke om barnet er kjent i kommunen.',
      'Skrev du barnets fødselsnummer, navn eller fødselsdato feil, kan du spørre på nytt. Er du forelder uten at det er registrert, kan du sende kommunen dokumentasjon på det.',
    ],
    RIGHT_VOID: [
      'Retten til opplysninger gjelder ikke når foreldreansvaret er fratatt etter reglene om barnevern, eller når Statsforvalteren har bestemt at forelderen ikke har denne retten.',
    ],
    HARM: ['Opplysningene kan gis bare når det ikke kan skade barnet.'],
    SECRECY: ['Opplysningene er underlagt taushetsplikt også overfor foreldre.'],
  },
  nn: {
    UNTOLD: [
      'Ein forelder utan foreldreansvar har rett til opplysningar om barnet sitt når forelderen spør. Retten gjeld berre den som er forelder til barnet, og berre barn som går i skule, barnehage eller SFO i kommunen. Han gjeld ikkje når opplysningane kan skade barnet, eller når dei er underlagde teieplikt også overfor foreldre.',
      'Vilkåra er ikkje oppfylte. Kommunen kan ikkje seie kva for eit av dei det gjeld utan å gi opplysningar du kanskje ikkje har rett til. Vedtaket seier derfor heller ikkje om barnet er kjent i kommunen.',
      'Skreiv du fødselsnummeret, namnet eller fødselsdatoen til barnet feil, kan du spørje på nytt. Er du forelder utan at det er registrert, kan du sende kommunen dokumentasjon på det.',
    ],
    RIGHT_VOID: [
      'Retten til opplysningar gjeld ikkje når foreldreansvaret er teke frå forelderen etter reglane om barnevern, eller når Statsforvaltaren har bestemt at forelderen ikkje har denne retten.',
    ],
    HARM: ['Opplysningane kan givast berre når det ikkje kan skade barnet.'],
    SECRECY: ['Opplysningane er underlagde teieplikt også overfor foreldre.'],
  },
  en: {
    UNTOLD: [
      'A parent without parental responsibility has a right to information about their child when they ask. The right is for the child’s parents alone, and for children in a school, a kindergarten or after-school care of the municipality. It does not hold when the information could harm the child, or is under secrecy towards parents too.',
      'The conditions are not met. The municipality cannot say which of them without giving information that you may have no right to. The decision therefore does not say either whether the child is known in the municipality.',
      'If you wrote the child’s national number, name or birth date wrong, you can ask again. If you are a parent and it is not registered, you can send the municipality proof of it.',
    ],
    RIGHT_VOID: [
      'There is no right to information when parental responsibility was taken away under the rules on child welfare, or when the County Governor has decided that the parent does not have this right.',
    ],
    HARM: ['The information can be given only when it cannot harm the child.'],
    SECRECY: ['The information is under secrecy towards parents too.'],
  },
};
