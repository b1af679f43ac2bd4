import { fileTypeFromBuffer } from 'file-type';

/** Why a file is not taken, or not kept. */
export type FileRefusal =
  | 'EMPTY'
  | 'TOO_LARGE'
  | 'TYPE_NOT_TAKEN'
  | 'TOO_MANY_PIXELS'
  | 'UNREADABLE'
  | 'LOCKED'
  | 'ACTIVE_CONTENT'
  | 'MALWARE';

export interface FileType {
  readonly mediaType: string;
  readonly extension: string;
  readonly kind: 'picture' | 'document';
  readonly maxBytes: number;
}

const megabyte = 1024 * 1024;

/**
 * What is taken: pictures as telephones and screens make them, and PDF, which everything else can be written as. Text
 * belongs in the message, where it is judged. Not HEIC: what decodes it is under patents and in no free build; a telephone
 * hands over JPEG where a page asks for that. No office documents: they carry macros and links to elsewhere, and nothing
 * free takes those out of them. No SVG or HTML, which are programs.
 */
export const fileTypes: readonly FileType[] = [
  { mediaType: 'image/jpeg', extension: 'jpg', kind: 'picture', maxBytes: 25 * megabyte },
  { mediaType: 'image/png', extension: 'png', kind: 'picture', maxBytes: 25 * megabyte },
  { mediaType: 'image/webp', extension: 'webp', kind: 'picture', maxBytes: 25 * megabyte },
  { mediaType: 'application/pdf', extension: 'pdf', kind: 'document', maxBytes: 15 * megabyte },
];

/** More than this is a file of no kind that is taken. */
export const maxFileBytes = Math.max(...fileTypes.map(({ maxBytes }) => maxBytes));

/** How much of a file's beginning `sniff` wants to see. */
export const headBytes = 4_100;

/** What a file is by its content, whatever it is called. Undefined for what is not taken. */
export async function sniff(head: Uint8Array): Promise<FileType | undefined> {
  const found = await fileTypeFromBuffer(head);
  return fileTypes.find(({ mediaType }) => mediaType === found?.mime);
}

/** The type by what it is called, for a file that has been told apart before. */
export const typeOf = (mediaType: string): FileType | undefined =>
  fileTypes.find((type) => type.mediaType === mediaType);

const beginning = /^.{0,80}/u;

/**
 * A name that can be shown and saved anywhere: letters, digits and a little else, with the ending that the content has. A
 * path before it is gone, as is what turns the direction of writing or cannot be seen.
 */
export function toFileName(said: string, { extension }: Pick<FileType, 'extension'>): string {
  const last = said.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const stem = last
    .replace(/\.[\p{L}\p{N}]{1,5}$/u, '')
    .replace(/[^\p{L}\p{M}\p{N} ()_.,+-]/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[ .-]+|[ .]+$/g, '');
  return `${beginning.exec(stem)?.[0].trim() || 'file'}.${extension}`;
}
