import { type Feature, neverStated, standingsOf } from '@ranselpost/kit/pure/features';
import { expect, test } from 'vitest';
import { type ReceiptFacts, maySeeReceipt } from './read-receipt.ts';

const open = standingsOf('READ_RECEIPTS', [
  { ...neverStated, unitId: 'u', feature: 'READ_RECEIPTS' satisfies Feature, state: 'OPEN' },
]);
const place = { childId: 'c', unitId: 'u', groupIds: [], from: '2026-01-01', to: null, isProtected: false };
const mail: ReceiptFacts['mail'] = {
  ...{ today: '2026-03-01', guardianOf: [], kindergartens: [], ownChildIds: [], enrolments: [place] },
  roles: [{ role: 'LEADER', unitId: 'u', groupId: null, from: '2026-01-01', to: null }],
  namedFor: [{ childId: 'c', from: '2026-01-01', to: '2027-01-01' }],
};
const facts: ReceiptFacts = { mail, receipts: open, guardianIds: ['g'] };
const staff = { kind: 'staff', personId: 's', level: 'substantial' } as const;
const message: Parameters<typeof maySeeReceipt>[2] = {
  ...{ unitId: 'u', childIds: ['c'], homeReaderIds: ['g'], onlyStaffIds: null },
  ...{ state: 'SENT', authorId: 's', authorAs: 'staff' },
};

test('a receipt is for the staff who wrote, and falls away with each thing that it needs (M16, ADR-11, X13)', () => {
  expect(maySeeReceipt(staff, facts, message)).toBe(true);
  const without = [
    maySeeReceipt({ ...staff, kind: 'guardian' }, facts, message),
    maySeeReceipt({ ...staff, personId: 'other' }, facts, message),
    maySeeReceipt(staff, facts, { ...message, authorAs: 'guardian' }),
    maySeeReceipt(staff, facts, { ...message, state: 'HELD' }),
    maySeeReceipt(staff, facts, { ...message, state: 'WITHDRAWN' }),
    maySeeReceipt(staff, facts, { ...message, homeReaderIds: ['g', 's'] }),
    maySeeReceipt(staff, { ...facts, guardianIds: ['g', 's'] }, message),
    maySeeReceipt(staff, { ...facts, receipts: standingsOf('READ_RECEIPTS', []) }, message),
    maySeeReceipt(staff, { ...facts, mail: { ...mail, roles: [] } }, message),
    maySeeReceipt(
      staff,
      { ...facts, mail: { ...mail, enrolments: [{ ...place, isProtected: true }] } },
      message,
    ),
  ];
  expect(without).toEqual(without.map(() => false));
});
