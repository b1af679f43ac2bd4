import { describe, expect, test } from 'vitest';
import { matchAnswers } from './match-answers.ts';

const [a, b, old] = ['21861864070', '14838641262', '45879031072'];
const person = (...numbers: string[]) => ({
  identifikasjonsnummer: numbers.map((foedselsEllerDNummer) => ({ foedselsEllerDNummer })),
});
const hit = (number: string, document: object = person(number)) => ({
  foedselsEllerDNummer: number,
  folkeregisterperson: document,
});
const miss = (number: string) => ({ foedselsEllerDNummer: number, feilmelding: { feilmelding: '…' } });
const kinds = (body: unknown, numbers: string[]) => matchAnswers(body, numbers)?.map(({ kind }) => kind);

describe('matching bulk answers to those who were asked about', () => {
  test('goes by the order, and tells a miss from silence', () => {
    expect(kinds({ oppslag: [hit(a), miss(b)] }, [a, b, old])).toEqual([
      'person',
      'not found here',
      'unanswered',
    ]);
  });

  test('finds answers that come in another order', () => {
    expect(matchAnswers({ oppslag: [hit(b), hit(a)] }, [a, b])).toEqual([
      { kind: 'person', document: person(a) },
      { kind: 'person', document: person(b) },
    ]);
  });

  test("never takes one person's document for another's (GUA-02)", () => {
    expect(kinds({ oppslag: [hit(b)] }, [a])).toEqual(['unanswered']);
    expect(kinds({ oppslag: [hit(a, person(b))] }, [a])).toEqual(['unanswered']);
  });

  test('takes the document of whoever has an ended number behind them (FREG-08)', () => {
    expect(kinds({ oppslag: [hit(a, person(a, old))] }, [old])).toEqual(['person']);
  });

  test('answers both of two who were asked about by one number', () => {
    expect(kinds({ oppslag: [hit(a), hit(a)] }, [a, a])).toEqual(['person', 'person']);
  });

  test.each([[null], [{}], [{ oppslag: {} }], ['<html>']])('does not take %j for answers', (body) => {
    expect(matchAnswers(body, [a])).toBeNull();
  });

  test('leaves whoever has an answer of no shape unanswered', () => {
    expect(kinds({ oppslag: [null, 'x', { foedselsEllerDNummer: a }] }, [a, b])).toEqual([
      'unanswered',
      'unanswered',
    ]);
  });
});
