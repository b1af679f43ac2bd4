import type { FileRefusal } from './types.ts';

type Language = 'nb' | 'nn' | 'en';

const texts: Readonly<Record<FileRefusal, Readonly<Record<Language, string>>>> = {
  EMPTY: {
    nb: 'Filen er tom.',
    nn: 'Fila er tom.',
    en: 'The file is empty.',
  },
  TOO_LARGE: {
    nb: 'Filen er for stor. Et bilde kan være på 25 MB, en PDF på 15 MB.',
    nn: 'Fila er for stor. Eit bilete kan vere på 25 MB, ein PDF på 15 MB.',
    en: 'The file is too large. A picture may have 25 MB, a PDF 15 MB.',
  },
  TYPE_NOT_TAKEN: {
    nb: 'Denne filtypen kan ikke sendes. Send bilder (JPEG, PNG, WebP) eller PDF.',
    nn: 'Denne filtypen kan ikkje sendast. Send bilete (JPEG, PNG, WebP) eller PDF.',
    en: 'This type of file cannot be sent. Send pictures (JPEG, PNG, WebP) or PDF.',
  },
  TOO_MANY_PIXELS: {
    nb: 'Bildet har for mange bildepunkter. Gjør det mindre og prøv igjen.',
    nn: 'Biletet har for mange biletpunkt. Gjer det mindre og prøv igjen.',
    en: 'The picture has too many pixels. Make it smaller and try again.',
  },
  UNREADABLE: {
    nb: 'Filen kunne ikke leses. Lagre den på nytt og prøv igjen.',
    nn: 'Fila kunne ikkje lesast. Lagre henne på nytt og prøv igjen.',
    en: 'The file could not be read. Save it anew and try again.',
  },
  LOCKED: {
    nb: 'Filen er låst med passord. Lagre den uten passord og prøv igjen.',
    nn: 'Fila er låst med passord. Lagre henne utan passord og prøv igjen.',
    en: 'The file is locked with a password. Save it without and try again.',
  },
  ACTIVE_CONTENT: {
    nb: 'Filen inneholder programkode eller andre filer. Skriv den ut til en ny PDF og prøv igjen.',
    nn: 'Fila inneheld programkode eller andre filer. Skriv henne ut til ein ny PDF og prøv igjen.',
    en: 'The file holds a program or other files. Print it to a new PDF and try again.',
  },
  MALWARE: {
    nb: 'Filen kan være skadelig og ble ikke tatt imot.',
    nn: 'Fila kan vere skadeleg og vart ikkje teken imot.',
    en: 'The file may be harmful and was not taken in.',
  },
};

/** What whoever sends a file is told, in plain words. Bokmål until the viewer's language comes with the request. */
export const textOfRefusal = (refusal: FileRefusal, language: Language = 'nb'): string =>
  texts[refusal][language];
