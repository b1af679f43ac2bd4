export type ArchivePrompt = 'COMPLAINT' | 'DECISION' | 'AGREEMENT';

/** Whole words, in bokmål, nynorsk and English, of what a municipality has to keep whoever wrote it and where. */
const words: readonly (readonly [ArchivePrompt, string])[] = [
  [
    'COMPLAINT',
    'påklag(?:e|er|en|ar|a|et|de|ing)|klag(?:e|er|en|ar|a|et|de)|anke[rnt]?|complain(?:t|ts|ed|ing)?|appeal(?:s|ed|ing)?',
  ],
  [
    'DECISION',
    '(?:enkelt)?vedtak(?:et|a|ene)?|avslag(?:et)?|innvilg(?:et|a|es|e)|formal decision|refusal of',
  ],
  [
    'AGREEMENT',
    '(?:skriftlig|muntlig|skriftleg|munnleg) avtale|vi (?:har|er blitt|vart|ble) (?:avtalt|enige|einige|samde) om|som avtal[at]|samtykke[rnt]?|fullmakt(?:en|a)?|we (?:have )?agreed|as agreed|consent(?:s|ed)?',
  ],
];
const patterns = words.map(
  ([prompt, some]) => [prompt, new RegExp(`(?<![\\p{L}\\p{N}])(?:${some})(?![\\p{L}\\p{N}])`, 'iu')] as const,
);

/**
 * Why staff are asked whether a message belongs in the archive; null where nothing in it asks for it (MSG-20). A prompt decides
 * nothing: whoever reads the message does, by moving it to a case.
 */
export const archivePromptOf = (text: string): ArchivePrompt | null =>
  patterns.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
