import { describe, expect, test } from 'vitest';
import {
  type GuardLevel,
  type ReasonLanguage,
  hintsAtBullying,
  judge,
  judgeMessage,
  reasonOf,
  topics,
} from './index.ts';

const at = (level: GuardLevel, ...knownNames: string[]) => ({ level, knownNames });
const school = at('SCHOOL', 'Line', 'Per', 'Svein', 'Jonas');
const verdictOf = (text: string, setting = school) => judge(text, setting).verdict;
const passages = (text: string, setting = school) =>
  judge(text, setting).findings.map(({ topic, start, end }) => `${topic}: ${text.slice(start, end)}`);

describe('what a school may be told (MSG-09)', () => {
  const allowed = [
    'Line blir hjemme fra skolen grunnet omgangssyken',
    'Per skadet foten på trening i går kveld',
    'Svein synes det er vanskelig på skolen for tiden',
  ];

  test.each(allowed)('%s', (text) => {
    expect(judge(text, school)).toEqual({ verdict: 'OK', findings: [] });
  });

  test('is warned of in a kindergarten, and stopped where the letter counts (features § 16, tension 2)', () => {
    const ill = 'Line har feber og omgangssyke.';
    expect(
      (['SCHOOL', 'KINDERGARTEN', 'LETTER'] as const).map((level) => verdictOf(ill, at(level, 'Line'))),
    ).toEqual(['OK', 'NUDGE', 'DIVERT']);
  });
});

describe('what does not belong in a message (MSG-08)', () => {
  test.each([
    ['Kari slår ham hver dag', ['OTHER_PERSON: Kari', 'BULLYING: slår']],
    ['Jonas har fått diabetes.', ['HEALTH: diabetes']],
    ['Vi har ikke råd til turen.', ['FINANCES: har ikke råd til']],
    ['Han nekter å gå på skolen.', ['DISTRESS: nekter å gå på skolen']],
    ['Vi klager på enkeltvedtaket.', ['INDIVIDUAL_DECISION: enkeltvedtaket']],
    ['Barnevernet kommer i dag.', ['CHILD_WELFARE: Barnevernet']],
    ['Vi er muslimer.', ['RELIGION: muslimer']],
    ['Læreren lyver for oss.', ['STAFF: lyver']],
    ['Nummeret er 21861864070.', ['IDENTITY_NUMBER: 21861864070']],
  ])('%s', (text, found) => {
    expect(verdictOf(text)).toBe('DIVERT');
    expect(passages(text)).toEqual(found);
  });

  test.each([
    'Mobbekampanje i 4. trinn arrangeres.',
    'Kari er på besøk.',
    'Klokken slår tolv, og vi slo rekord.',
    'Har dere gode råd til lesing hjemme?',
    'Han trenger nye krefter.',
    'Det er fri på Palmesøndag.',
    'Hei Kari!\nTakk for i går.\nHilsen Ola og Anne',
    'Vi tar røntgen på sykehuset i dag.',
    'Det er ikke mobbing.',
  ])('passes: %s', (text) => {
    expect(judge(text, school)).toEqual({ verdict: 'OK', findings: [] });
  });
});

describe('names of others', () => {
  test('call for a second look, and for the form where something grave is said', () => {
    expect(judge('Kan Mathilde bli med hjem?', school)).toMatchObject({ verdict: 'NUDGE' });
    expect(judge('Mathilde stjeler fra alle.', school)).toMatchObject({ verdict: 'DIVERT' });
  });

  test('are not asked about where they are of the writer’s own child or of the staff, in the genitive too', () => {
    expect(verdictOf('Kan Jonas bli med hjem? Jonas’ bror henter.')).toBe('OK');
    expect(verdictOf('Anne-Lises time', at('SCHOOL', 'Anne-Lise'))).toBe('OK');
  });

  test('are found by a list that is the same for all: a name in nobody’s list tells nothing of a class', () => {
    expect(verdictOf('Kan Qwzzx bli med hjem?')).toBe('OK');
    expect(judge('Er Mathilde her?', school)).toEqual(judge('Er Mathilde her?', at('SCHOOL')));
  });

  test('that are words too count only where a capital tells them apart', () => {
    expect(verdictOf('Ta med stein og gull. Stein er fint. Odd og even tall.')).toBe('OK');
    expect(verdictOf('Kan han sitte ved siden av Stein?')).toBe('NUDGE');
  });
});

describe('identity numbers', () => {
  // Synthetic ones of the register, one of them by the rule of 2032 and two of D-numbers.
  test.each([
    '21861864070',
    '218618 64070',
    '21 86 18 64070',
    '2 1 8 6 1 8 6 4 0 7 0',
    '218618-64070',
    '21.86.18.64070',
  ])('%s', (text) => {
    expect(judge(`Her: ${text}, takk`, school)).toMatchObject({
      verdict: 'DIVERT',
      findings: [{ topic: 'IDENTITY_NUMBER', rule: 'identity-number.valid', start: 5, end: 5 + text.length }],
    });
  });

  test.each([
    '11813055572',
    '45879031072',
    '41819077906',
    '30908299902',
    '218618\u200B64070',
    '\u0662\u0661٨٦١٨٦٤٠٧٠',
  ])('is one by whatever rule or digits: %s', (text) => expect(verdictOf(text)).toBe('DIVERT'));

  test('is one when a digit is wrong, and not where it stands as an account', () => {
    expect(verdictOf('Nummeret er 21861864071')).toBe('DIVERT');
    expect(verdictOf('Kontonummer 21861864071')).toBe('OK');
    expect(verdictOf('personnummer 64070')).toBe('DIVERT');
  });

  test.each([
    '55 56 55 56 og 91 23 45 67',
    '1503.21.45674',
    '0001234567890',
    '99999999999',
    'a21861864070b',
    '4.2.2026 kl. 10.30',
  ])('is not one: %s', (text) => expect(judge(text, school)).toEqual({ verdict: 'OK', findings: [] }));
});

describe('however it is written', () => {
  test.each([
    'Hun blir mob\u200Bbet',
    'Hun blir m\u00ADo\u00ADb\u00ADb\u00ADe\u00ADt',
    'Hun blir m o b b e t',
    'Hun blir m.o.b.b.e.t',
    'Hun blir m\no\nb\nb\ne\nt',
    'Hun blir mоbbеt', // with о and е of Cyrillic
    'Hun blir ｍｏｂｂｅｔ',
    'Hun blir 𝐦𝐨𝐛𝐛𝐞𝐭',
    'Hun blir m\u0301o\u0308\u0323b\u0332b\u0332e\u0301t'.replace('\u0308', ''),
    'HUN BLIR MOBBET',
    'hun blir\n\nmobbet',
  ])('%j', (text) => {
    expect(verdictOf(text)).toBe('DIVERT');
  });

  test('an å is one letter or two', () => {
    expect(verdictOf('Kari sla\u030Ar ham'.normalize('NFC'))).toBe('DIVERT');
    expect(passages('Kari sla\u030Ar ham')).toContain('BULLYING: sla\u030Ar');
  });

  test('passages are counted as a browser counts', () => {
    const text = '😀😀 Hun blir mobbet';
    const [finding] = judge(text, school).findings;
    expect(text.slice(finding!.start, finding!.end)).toBe('blir mobbet');
  });
});

describe('a whole message (M13, MSG-11)', () => {
  const draft = { subject: '', body: '', attachments: [] };

  test('is judged by its subject and the names of what is attached as by its text', () => {
    expect(judgeMessage({ ...draft, subject: 'Mobbing av Emma' }, school)).toMatchObject({
      verdict: 'DIVERT',
      findings: [{ part: { kind: 'SUBJECT' } }, { part: { kind: 'SUBJECT' } }],
    });
    const attachments = [
      { name: 'bilde.txt', isImage: false },
      { name: 'Enkeltvedtak_2026.pdf', isImage: false },
    ];
    expect(judgeMessage({ ...draft, attachments }, school)).toMatchObject({
      verdict: 'DIVERT',
      findings: [{ topic: 'INDIVIDUAL_DECISION', part: { kind: 'ATTACHMENT', index: 1 } }],
    });
  });

  test('with an image always calls for a second look', () => {
    expect(
      judgeMessage({ ...draft, attachments: [{ name: 'tur.jpg', isImage: true }] }, school),
    ).toMatchObject({
      verdict: 'NUDGE',
      findings: [{ topic: 'IMAGE' }],
    });
  });
});

test('a hint at bullying is found for the leader, and a campaign is none (SKM-03)', () => {
  expect(hintsAtBullying('Sønnen vår blir mobbet')).toBe(true);
  expect(hintsAtBullying('Kari slår ham hver dag')).toBe(true);
  expect(hintsAtBullying('Han nekter å gå på skolen')).toBe(true);
  expect(hintsAtBullying('Temauke om mobbing')).toBe(false);
  expect(hintsAtBullying('Han har fått diabetes')).toBe(false);
});

test('each topic has a reason in each language, which says what to do', () => {
  const languages: readonly ReasonLanguage[] = ['nb', 'nn', 'en', 'se'];
  for (const topic of topics)
    for (const verdict of ['NUDGE', 'DIVERT'] as const) {
      const reasons = languages.map((language) => reasonOf({ topic, verdict }, language));
      expect(Math.min(...reasons.map(({ length }) => length))).toBeGreaterThan(40);
      expect(new Set(reasons).size).toBe(languages.length);
    }
});

describe('a long text', () => {
  const long = (part: string, length: number): string => part.repeat(Math.ceil(length / part.length));

  test.each([
    [1_000_000, 'ordinary', 'Vi har glemt gymtøyet hjemme, og Kari slår ham hver dag. '],
    [200_000, 'a phrase that never ends', 'ikke vil ha har ikke '],
    [1_000_000, 'one word', 'mobbe'],
    [200_000, 'letters spaced out', 'm o b '],
    [200_000, 'digits spaced out', '1 2 '],
    [200_000, 'names', 'Kari Per '],
    [200_000, 'marks without a letter', '\u0301\u200B'],
    [200_000, 'halves of characters', '\uD83D '],
  ])('of %d, %s, is judged in the time that its length takes', (length, _, part) => {
    const begun = performance.now();
    judge(long(part, length), school);
    // A second or less alone; what grows with the square of the length would take minutes.
    expect(performance.now() - begun).toBeLessThan(15_000);
  });
});
