import { SaxesParser } from 'saxes';

/** A text that is already XML. */
export interface Xml {
  readonly xml: string;
}

type Child = string | Xml | null | readonly Child[];

/** Signs that XML 1.0 has no way to write are left out: nobody meant to send them. */
const escaped = (text: string): string =>
  Array.from(text)
    .filter((sign) => isWritable(sign.codePointAt(0)!))
    .join('')
    .replaceAll(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const isWritable = (code: number): boolean =>
  [0x9, 0xa, 0xd].includes(code) ||
  (code >= 0x20 && code < 0xd800) ||
  (code > 0xdfff && code !== 0xfffe && code !== 0xffff);

const written = (child: Child): string => {
  if (child === null) return '';
  if (typeof child === 'string') return escaped(child);
  return 'xml' in child ? child.xml : child.map(written).join('');
};

/** Writes an element. Texts are escaped; null children are left out. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly Child[]
): Xml {
  const said = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  return { xml: `<${name}${said.join('')}>${written(children)}</${name}>` };
}

/** A whole document. */
export const toDocument = (root: Xml): string => `<?xml version="1.0" encoding="UTF-8"?>\n${root.xml}`;

/** An element that was read. `name` is without its prefix, `uri` its namespace. */
export interface Element {
  readonly name: string;
  readonly uri: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
}

/** Reads a small document. Throws when it is not well-formed, or declares a type: none that is meant for us does. */
export function readXml(text: string): Element {
  const parser = new SaxesParser({ xmlns: true });
  type Open = { -readonly [Key in keyof Element]: Element[Key] } & { children: Element[] };
  const open: Open[] = [];
  let root: Element | undefined;
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => {
    throw new Error('a document type is declared');
  });
  parser.on('opentag', ({ local, uri, attributes }) => {
    const values = Object.entries(attributes).map(([key, { value }]) => [key, value] as const);
    open.push({ name: local, uri, attributes: Object.fromEntries(values), children: [], text: '' });
  });
  const append = (more: string): void => {
    const last = open.at(-1);
    if (last !== undefined) last.text += more;
  };
  parser.on('text', append);
  parser.on('cdata', append);
  parser.on('closetag', () => {
    const closed = open.pop()!;
    const parent = open.at(-1);
    if (parent === undefined) root = closed;
    else parent.children.push(closed);
  });
  parser.write(text).close();
  if (root === undefined) throw new Error('no element');
  return root;
}

/** The first element on a path of names; undefined where there is none. */
export function find(from: Element | undefined, ...path: readonly string[]): Element | undefined {
  let found = from;
  for (const name of path) found = found?.children.find((child) => child.name === name);
  return found;
}

/** The text of the first element on a path of names, without the space around it; null where there is none. */
export const textAt = (from: Element | undefined, ...path: readonly string[]): string | null =>
  find(from, ...path)?.text.trim() ?? null;
