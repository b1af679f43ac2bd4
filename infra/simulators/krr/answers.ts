import { osloOffsetHours } from '../population/oslo.ts';
import { mayBeNotified, type ContactRecord } from './facts.ts';

/** A local time whose offset has no minutes: `2026-02-10T21:00:01+01`. Most parsers refuse it. */
export function shortOffset(ms: number): string {
  const offset = osloOffsetHours(ms);
  return `${new Date(ms + offset * 3_600_000).toISOString().slice(0, 19)}+0${offset}`;
}

const zulu = (ms: number): string => new Date(ms).toISOString();
const yes = (value: boolean): 'JA' | 'NEI' => (value ? 'JA' : 'NEI');

export interface Scopes {
  readonly contact: boolean;
  readonly mailbox: boolean;
}

/** One person as the register tells them: what the token's scopes allow, in the mixed forms of time it uses. */
export function toAnswer(number: string, record: ContactRecord, scopes: Scopes, now: number): object {
  const { email, mobile } = record;
  const isActive = record.status === 'AKTIV';
  return {
    personidentifikator: number,
    reservasjon: yes(record.reserved),
    ...(record.reservedSince === null ? {} : { reservasjonstidspunkt: shortOffset(record.reservedSince) }),
    status: record.status,
    ...(scopes.contact
      ? { varslingsstatus: mayBeNotified(record, now) ? 'KAN_VARSLES' : 'KAN_IKKE_VARSLES' }
      : {}),
    ...(isActive && scopes.contact && (email !== null || mobile !== null)
      ? {
          kontaktinformasjon: {
            ...(email === null
              ? {}
              : {
                  epostadresse: email.address,
                  epostadresse_oppdatert: shortOffset(email.updated),
                  epostadresse_sist_verifisert: zulu(email.verified),
                  epostadresse_duplisert: yes(email.duplicated),
                }),
            ...(mobile === null
              ? {}
              : {
                  mobiltelefonnummer: mobile.address,
                  mobiltelefonnummer_oppdatert: shortOffset(mobile.updated),
                  mobiltelefonnummer_sist_verifisert: shortOffset(mobile.verified),
                  mobiltelefonnummer_duplisert: yes(mobile.duplicated),
                }),
          },
        }
      : {}),
    ...(isActive && scopes.mailbox && record.mailbox !== null
      ? {
          digital_post: {
            postkasseadresse: `post.${number.slice(0, 4)}#SYNT`,
            postkasseleverandoeradresse: record.mailbox,
          },
          sertifikat: 'MIIsynthetic',
        }
      : {}),
    ...(isActive && scopes.contact && record.language !== null
      ? { spraak: record.language, spraak_oppdatert: shortOffset(record.languageSince) }
      : {}),
  };
}
