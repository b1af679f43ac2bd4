import { describe, expect, test } from 'vitest';
import { archivePromptOf } from './archive-prompt.ts';

describe('what staff are asked to keep in the archive (MSG-20)', () => {
  test.each([
    ['Vi klager på at han ikke fikk skyss.', 'COMPLAINT'],
    ['Eg vil påklage dette.', 'COMPLAINT'],
    ['This is a formal complaint about the transport.', 'COMPLAINT'],
    ['Når kommer vedtaket om skyss?', 'DECISION'],
    ['Vi fekk avslag på søknaden om permisjon.', 'DECISION'],
    ['Vi har avtalt at dere henter tre dager i uken, og som avtalt betaler vi ikke for fredag.', 'AGREEMENT'],
    ['Jeg samtykker til at dere tar kontakt med den gamle skolen.', 'AGREEMENT'],
    ['As agreed, he goes home alone from Monday.', 'AGREEMENT'],
  ])('%s', (text, prompt) => {
    expect(archivePromptOf(text)).toBe(prompt);
  });

  test.each([
    'Line blir hjemme i dag, hun har omgangssyke.',
    'Har dere funnet anklene på gymskoene?',
    'Beklager at vi er sene!',
    'Kan vi avtale en tid for en prat?',
    'Hun fikk slag i magen av ballen, men det går bra.',
    'Please send the consentrate we left behind.',
  ])('%s asks for nothing', (text) => {
    expect(archivePromptOf(text)).toBeNull();
  });
});
