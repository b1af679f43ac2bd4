import type { RosterFaultKind, RosterItem } from '../../domain/roster.ts';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { type Element, toItem } from './elements.ts';

const namespace = 'http://pifu.no/xsd/pifu-ims_sas/pifu-ims_sas-v1';

/** A file that is not what it should be, with the line and the standard's word for what is wrong. */
export class RosterFileError extends Error {
  readonly kind: RosterFaultKind;
  readonly line: number;
  readonly what: string;
  constructor(kind: RosterFaultKind, line: number, what: string) {
    super(`line ${line}: ${kind}: ${what}`);
    this.name = 'RosterFileError';
    this.kind = kind;
    this.line = line;
    this.what = what;
  }
}

/**
 * Reads a PIFU-IMS 1.3 file in the order it is written, in pieces: at no time more of it stands in memory than one
 * person, group or member. Throws a `RosterFileError` at the first thing that is wrong.
 */
export async function* readRoster(chunks: AsyncIterable<string>): AsyncGenerator<RosterItem> {
  const parser = new SaxesParser();
  const found: RosterItem[] = [];
  const open: Element[] = [];
  let target: string | undefined;
  let hasEnded = false;

  const fail = (kind: RosterFaultKind, what: string, line = parser.line): never => {
    throw new RosterFileError(kind, line, what);
  };
  parser.on('error', () => fail('not-xml', 'xml'));
  // A file from outside declares nothing: entities are how such files grow without end.
  parser.on('doctype', () => fail('not-a-roster', 'doctype'));
  parser.on('opentag', (tag: SaxesTagPlain) => {
    if (open.length === 0 && (tag.name !== 'enterprise' || tag.attributes['xmlns'] !== namespace))
      fail('not-a-roster', 'enterprise');
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
      if (element.name !== 'membership') found.push(...toItem(element, undefined, fail));
      target = undefined;
      return;
    }
    // The members of a big unit are handed on one by one; only what stands above them is kept.
    const isInMembership = open.length === 2 && open[1]?.name === 'membership';
    if (isInMembership && element.name === 'sourcedid')
      target = element.children.find(({ name }) => name === 'id')?.text.trim();
    else if (isInMembership && element.name === 'member') found.push(...toItem(element, target, fail));
    else if (!isInMembership) open.at(-1)?.children.push(element);
  });

  for await (const chunk of chunks) {
    parser.write(chunk);
    yield* found.splice(0);
  }
  parser.close();
  yield* found.splice(0);
  if (!hasEnded) fail('not-xml', 'enterprise');
}
