import { contactRecordSchema } from '@ranselpost/schema/events/registry/contact-record';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toContactRecord } from './to-contact-record.ts';

const active = {
  ...{
    personidentifikator: '14838641262',
    reservasjon: 'NEI',
    status: 'AKTIV',
    varslingsstatus: 'KAN_VARSLES',
  },
  spraak: 'nb',
  kontaktinformasjon: {
    epostadresse: 'mor@example.test',
    epostadresse_oppdatert: '2026-02-10T21:00:01+01',
    epostadresse_sist_verifisert: '2026-08-01T10:45:15.768Z',
    mobiltelefonnummer: '+4790000001',
    mobiltelefonnummer_oppdatert: '2024-01-05T09:00:00+01',
    mobiltelefonnummer_sist_verifisert: '2024-01-05T09:00:00+01',
  },
};

describe('translating a person of the contact register', () => {
  test('takes the later date of each channel, whose offset may have no minutes (KRR-02)', () => {
    expect(toContactRecord(active)).toEqual({
      isReserved: false,
      status: 'ACTIVE',
      mayBeNotified: true,
      language: 'nb',
      email: { value: 'mor@example.test', verifiedAt: '2026-08-01T10:45:15.768Z' },
      mobile: { value: '+4790000001', verifiedAt: '2024-01-05T08:00:00.000Z' },
      hasMailbox: false,
    });
  });

  test('knows of a digital mailbox that there is one, and not where', () => {
    const digital_post = { postkasseadresse: 'mor.paraply#1ABC', postkasseleverandoeradresse: '984661185' };
    const record = toContactRecord({ ...active, digital_post });
    expect(record?.hasMailbox).toBe(true);
    expect(JSON.stringify(record)).not.toContain('1ABC');
    expect(toContactRecord({ ...active, status: 'SLETTET', digital_post })?.hasMailbox).toBe(false);
    expect(toContactRecord({ ...active, digital_post: {} })?.hasMailbox).toBe(false);
  });

  test('keeps stale contact data: it may still carry service messages (KRR-03)', () => {
    const stale = { ...active, varslingsstatus: 'KAN_IKKE_VARSLES' };
    expect(toContactRecord(stale)).toMatchObject({
      mayBeNotified: false,
      email: { value: 'mor@example.test' },
    });
  });

  test.each([
    ['varslingsstatus', 'KANSKJE', { mayBeNotified: false }],
    ['varslingsstatus', undefined, { mayBeNotified: false }],
    ['status', 'PAUSET', { mayBeNotified: false, status: 'NOT_REGISTERED', email: null, mobile: null }],
    ['status', 'SLETTET', { mayBeNotified: false, status: 'DELETED', email: null, mobile: null }],
    ['reservasjon', 'JA', { mayBeNotified: false, isReserved: true }],
    ['reservasjon', 'VET_IKKE', { mayBeNotified: false, isReserved: true }],
    ['spraak', 'fi', { language: null }],
    ['kontaktinformasjon', 'ingen', { email: null, mobile: null }],
  ])('takes the choice that sends nothing when %s is %s (KRR-01)', (field, value, expected) => {
    expect(toContactRecord({ ...active, [field]: value })).toMatchObject(expected);
  });

  test('takes the date of an update that is later than the last verification (KRR-02)', () => {
    const kontaktinformasjon = {
      epostadresse: 'a@example.test',
      epostadresse_oppdatert: '2026-08-01T12:00:00+02',
      epostadresse_sist_verifisert: '2024-08-01T10:00:00Z',
    };
    expect(toContactRecord({ ...active, kontaktinformasjon })?.email?.verifiedAt).toBe(
      '2026-08-01T10:00:00.000Z',
    );
  });

  test('has no date for a channel whose dates cannot be read (KRR-02)', () => {
    const kontaktinformasjon = { epostadresse: 'a@example.test', epostadresse_oppdatert: 'i går' };
    expect(toContactRecord({ ...active, kontaktinformasjon })?.email).toEqual({
      value: 'a@example.test',
      verifiedAt: null,
    });
  });

  test('never throws on garbage, and never lets garbage be notified (KRR-01)', () => {
    fc.assert(
      fc.property(fc.anything(), (person) => {
        const record = toContactRecord(person);
        if (record === null) return;
        contactRecordSchema.parse(record);
        expect(record.mayBeNotified).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });
});
