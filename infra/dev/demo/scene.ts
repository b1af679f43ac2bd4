import type { Visitor } from '../../visitor/visitor.ts';
import type { Stack } from '../stack.ts';
import { DidNotHold } from '../story.ts';
import type { TownHall } from './town-hall.ts';

/** What the stories of the second act are played with. */
export interface Scene {
  readonly stack: Stack;
  readonly hall: TownHall;
  /** Signs somebody in as a guardian: by number, or by a golden name. */
  readonly guardian: (who: string) => Promise<Visitor>;
}

/** A register follows within a second or two; the rest is for slow machines. */
export const patienceMs = 30_000;
export const ms = (took: number): string => `${Math.round(took)} ms`;

const accessHelp = `{ viewer { name { given } children { id } roles { id } } accessHelp { heading linkUrl } }`;
type Help = { readonly accessHelp: { readonly heading: string; readonly linkUrl: string } };

/** What somebody reads who sees no child, to the letter. */
export async function neutralPage(who: Visitor): Promise<{ readonly text: string; readonly help: Help }> {
  const { status, data, codes } = await who.ask<Help>(accessHelp);
  if (data == null)
    throw new DidNotHold(`there is no page for somebody without a child: ${codes.join(', ')}`);
  return { text: JSON.stringify([status, data, codes]), help: data };
}
