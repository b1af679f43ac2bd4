import { describe, expect, test } from 'vitest';
import { annulsResponsibility } from './annulment.ts';

const document = (...changes: readonly object[]) => ({
  dokumentidentifikator: '3b1f',
  hendelse: { hendelsestype: 'endringIForeldreansvar', egenskapshendelse: changes },
});
const change = (entitetsendring: string, entitet = 'foreldreansvar') => ({ entitet, entitetsendring });

describe('whether an event annulled a responsibility (FREG-05)', () => {
  test('is so when one of its changes says it of that, whatever else it says', () => {
    expect(annulsResponsibility(document(change('registrereNy'), change('annullere')))).toBe(true);
  });

  test('is not so for an end, a correction, a new entry, or an annulment of something else', () => {
    expect(annulsResponsibility(document(change('korrigere'), change('annullere', 'navn')))).toBe(false);
    expect(annulsResponsibility(document())).toBe(false);
  });

  test.each([undefined, null, 'text', {}, { hendelse: [] }, { hendelse: { egenskapshendelse: 'x' } }])(
    'is not known of %j',
    (odd) => expect(annulsResponsibility(odd)).toBeNull(),
  );
});
