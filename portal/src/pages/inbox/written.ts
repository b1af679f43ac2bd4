import { longest } from './text-field.tsx';

/** Whether a text can be sent: there is something in it, and no more than the graph takes. */
export const isWritten = (text: string): boolean => text.trim() !== '' && Array.from(text).length <= longest;
