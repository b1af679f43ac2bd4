import { describe, expect, test } from 'vitest';
import type { Attachment } from './attachment.ts';
import { type WantedFile, decideBulletinFiles, nobodyHasConsented } from './bulletin-file.ts';
import { decideBulletinText } from './bulletin-text.ts';

const teacher = { kind: 'staff', personId: 'teacher', level: 'substantial' } as const;
const file = (more: Partial<Attachment> = {}): Attachment => ({
  ...{ id: 'f', ownerId: 'teacher', ownerAs: 'staff', name: 'Tur.jpg', mediaType: 'image/jpeg', bytes: 1 },
  ...{ state: 'READY', refusal: null, bulletin: null, at: null },
  ...more,
});
const decided = (
  childIds: WantedFile['childIds'],
  { consenting = nobodyHasConsented, files = [file()] } = {},
) => {
  const result = decideBulletinFiles([{ id: 'f', childIds }], { files, by: teacher, consenting });
  return result.ok ? result.value.map(({ id }) => id) : result.refusal.kind;
};

describe('a file that is to go with what is said to many', () => {
  test('goes when it shows no child, and not when nothing was said of that (MSG-18, CON-03)', () => {
    expect(decided([])).toEqual(['f']);
    expect(decided(null)).toBe('file-not-declared');
  });

  test('shows nobody of whom it is not known that they may be shown: today, nobody at all (CON-02, CON-07)', () => {
    expect(nobodyHasConsented.size).toBe(0);
    expect(decided(['child'])).toBe('consent-missing');
    expect(decided(['child'], { consenting: new Set(['child']) })).toEqual(['f']);
    expect(decided(['child', 'other'], { consenting: new Set(['child']) })).toBe('consent-missing');
  });

  test('says the same of a child who is protected, has not answered, or does not exist (ADR-02, ADR-06, S-06)', () => {
    const consenting = new Set(['child']);
    expect(new Set(['hidden', 'silent', 'nobody'].map((id) => decided([id], { consenting })))).toEqual(
      new Set(['consent-missing']),
    );
  });

  test('is its sender’s own, goes with nothing else, and was not refused (S-09)', () => {
    expect(decided([], { files: [] })).toBe('attachment-gone');
    expect(decided([], { files: [file({ ownerId: 'other' })] })).toBe('attachment-gone');
    expect(decided([], { files: [file({ ownerAs: 'guardian' })] })).toBe('attachment-gone');
    expect(decided([], { files: [file({ bulletin: { kind: 'NEWS', id: 'n' } })] })).toBe('attachment-gone');
    expect(decided([], { files: [file({ state: 'REFUSED', refusal: 'MALWARE' })] })).toBe(
      'attachment-refused',
    );
  });

  test('is judged by its name, and a picture is to be looked at once more (M13, MSG-11)', () => {
    const said = (one: Attachment, isReread = false) => {
      const result = decideBulletinText(
        { title: 'Tur', body: 'Vi går.' },
        { guardLevel: 'SCHOOL', isReread, files: [one] },
      );
      return result.ok ? 'accepted' : result.refusal.kind;
    };
    expect(said(file())).toBe('text-to-reread');
    expect(said(file(), true)).toBe('accepted');
    expect(said(file({ mediaType: 'application/pdf', name: 'Ukeplan.pdf' }))).toBe('accepted');
    expect(said(file({ name: 'Kari slår ham hver dag.jpg' }), true)).toBe('text-diverted');
  });
});
