import type { LoginKind } from '../domain/session.ts';
import type { BeginRefusal, FinishRefusal } from '../login/logins.ts';
import type { PageText } from './page.ts';

const tryAgain = { to: '/', text: 'Til forsiden' };

const failed: PageText = {
  status: 400,
  title: 'Innloggingen virket ikke',
  paragraphs: ['Du er ikke logget inn. Start innloggingen på nytt fra forsiden.'],
  links: [tryAgain],
};

const noStaffAccess: PageText = {
  status: 403,
  title: 'Ingen tilgang som ansatt',
  paragraphs: [
    'Kontoen du brukte, gir ikke tilgang som ansatt her. Snakk med lederen din om du skal ha tilgang.',
    'Er du foresatt, logger du inn med ID-porten.',
  ],
  links: [{ to: '/login/guardian', text: 'Logg inn med ID-porten' }, tryAgain],
};

/** What a person reads when a login came to nothing. None of it tells what else is known of them (GUA-20). */
export const refusalPage = (refusal: (BeginRefusal | FinishRefusal)['kind'], kind: LoginKind): PageText =>
  refusal === 'level-too-low' ? levelTooLow[kind] : refusal === 'not-fresh' ? notFresh(kind) : pages[refusal];

const notFresh = (kind: LoginKind): PageText => ({
  status: 403,
  title: 'Du må logge inn på nytt',
  paragraphs: [
    'Dette krever at du nettopp har vist hvem du er. Innloggingen ble besvart uten at du ble spurt på nytt.',
  ],
  links: [{ to: `/login/${kind}?fresh=true`, text: 'Logg inn på nytt' }, tryAgain],
});

const levelTooLow: Readonly<Record<LoginKind, PageText>> = {
  guardian: {
    status: 403,
    title: 'Innloggingen er ikke sikker nok',
    paragraphs: [
      'Dette krever en elektronisk ID på et høyere sikkerhetsnivå, for eksempel BankID eller Buypass.',
    ],
    links: [{ to: '/login/guardian?level=high', text: 'Logg inn på høyt nivå' }, tryAgain],
  },
  staff: {
    status: 403,
    title: 'Innloggingen er ikke sikker nok',
    paragraphs: ['Dette krever at du logger inn som ansatt på et høyere sikkerhetsnivå.'],
    links: [{ to: '/login/staff?level=high', text: 'Logg inn på høyt nivå' }, tryAgain],
  },
};

const pages: Readonly<
  Record<Exclude<(BeginRefusal | FinishRefusal)['kind'], 'level-too-low' | 'not-fresh'>, PageText>
> = {
  'no-such-login': failed,
  'does-not-fit': failed,
  'not-recent': failed,
  aborted: {
    status: 400,
    title: 'Innloggingen ble avbrutt',
    paragraphs: ['Du er ikke logget inn.'],
    links: [tryAgain],
  },
  'level-not-offered': {
    status: 403,
    title: 'Høyere sikkerhetsnivå er ikke mulig',
    paragraphs: ['Innloggingen for ansatte har ikke noe høyere sikkerhetsnivå her.'],
    links: [tryAgain],
  },
  'no-national-number': {
    status: 403,
    title: 'Innlogging uten norsk fødselsnummer',
    paragraphs: [
      'Du logget inn med en elektronisk ID fra et annet land. Den sier ikke hvilket norsk fødselsnummer eller D-nummer du har, og da kan vi ikke se hvem du har foreldreansvar for.',
      'Har du fødselsnummer eller D-nummer, kan du logge inn med en norsk elektronisk ID. Ellers tar du kontakt med barnehagen eller skolen.',
    ],
    links: [tryAgain],
  },
  'another-person': {
    status: 403,
    title: 'Du er logget ut',
    paragraphs: [
      'Innloggingen gjaldt en annen person enn den som var logget inn. For sikkerhets skyld er begge logget ut.',
    ],
    links: [tryAgain],
  },
  'no-staff-login': noStaffAccess,
  'not-staff': noStaffAccess,
  'unknown-person': noStaffAccess,
  'one-factor-only': {
    status: 403,
    title: 'Du må logge inn med to faktorer',
    paragraphs: [
      'Ansatte må logge inn med to faktorer, for eksempel passord og en engangskode. Du er ikke logget inn her.',
      'Slå på totrinnsinnlogging for jobbkontoen din, eller be brukerstøtten hos arbeidsgiveren om hjelp. Logg så inn på nytt og velg to faktorer.',
    ],
    links: [{ to: '/login/staff', text: 'Logg inn på nytt som ansatt' }, tryAgain],
  },
};

export const awayPage: PageText = {
  status: 503,
  title: 'Innloggingen er ikke tilgjengelig akkurat nå',
  paragraphs: ['Vent litt og prøv igjen.'],
  links: [tryAgain],
};
