import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { RosterFaultKind, RosterItem } from '../../domain/roster.ts';
import { type Element, at, toItems } from './elements.ts';

const namespace = 'http://pifu.no/xsd/pifu-ims_sas/pifu-ims_sas-v1';
const order = ['comments', 'properties', 'person', 'group', 'membership'];

/** Thrown inside the parser, where nothing else gets out. */
class Unreadable extends Error {}

/**
 * Reads a PIFU-IMS 1.3 file in the order it is written, in pieces: at no time more of it stands in memory than one
 * person, group or member. What is wrong with one of them is told and the next is read; after a fault in the file itself
 * nothing more is.
 */
export async function* readRoster(chunks: AsyncIterable<string>): AsyncGenerator<RosterItem> {
  const parser = new SaxesParser();
  const found: RosterItem[] = [];
  const open: Element[] = [];
  let target: string | undefined;
  let rank = 0;
  let hasEnded = false;

  const note = (kind: RosterFaultKind, what: string): void =>
    void found.push({ kind: 'fault', fault: { kind, file: null, line: parser.line, what } });
  const giveUp = (kind: RosterFaultKind, what: string): never => {
    note(kind, what);
    throw new Unreadable(what);
  };
  const inOrder = (name: string): void => {
    const at = order.indexOf(name);
    if (at === -1) found.push({ kind: 'passed-over', what: 'enterprise' });
    else if (at < rank) note('not-in-order', name);
    else rank = at;
  };
  parser.on('error', () => giveUp('not-xml', 'xml'));
  // A file from outside declares nothing: entities are how such files grow without end.
  parser.on('doctype', () => giveUp('not-a-roster', 'doctype'));
  parser.on('opentag', (tag: SaxesTagPlain) => {
    if (open.length === 0 && (tag.name !== 'enterprise' || tag.attributes['xmlns'] !== namespace))
      giveUp('not-a-roster', 'enterprise');
    if (open.length === 1) inOrder(tag.name);
    open.push({ name: tag.name, attributes: tag.attributes, children: [], text: '', line: parser.line });
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  });
  parser.on('closetag', () => {
    const element = open.pop()!;
    if (open.length === 0) hasEnded = true;
    if (open.length === 1) {
      if (element.name !== 'membership') found.push(...toItems(element));
      target = undefined;
      return;
    }
    // The members of a big unit are handed on one by one; only what stands above them is kept.
    const isInMembership = open.length === 2 && open[1]?.name === 'membership';
    if (isInMembership && element.name === 'sourcedid') target = at(element, 'id')?.text.trim();
    else if (isInMembership && element.name === 'member') found.push(...toItems(element, target));
    else if (!isInMembership) open.at(-1)?.children.push(element);
  });

  try {
    for await (const chunk of chunks) {
      parser.write(chunk);
      yield* found.splice(0);
    }
    parser.close();
    if (!hasEnded) giveUp('not-xml', 'enterprise');
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
  }
  yield* found;
}
