import { SaxesParser } from 'saxes';
import { AppError } from '../errors';

/** What XML 1.0 has no place for, character for character, so that places in a text stay. */
function allowed(text: string): string {
  return text.toWellFormed().replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
}

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};
/** Text for between tags. */
export function xmlText(text: string): string {
  return allowed(text).replace(/[&<>"\r]/g, (sign) => ESCAPES[sign] ?? sign);
}

/** Attributes of a tag, each with a space before it; those without a value are left out. */
export function attributes(values: Record<string, string | number | boolean | null | undefined>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => {
      const text = xmlText(String(value)).replace(/[\n\t]/g, (sign) => `&#${sign.charCodeAt(0)};`);
      return ` ${name}="${text}"`;
    })
    .join('');
}

/** An element: its own name without a prefix, its attributes by their own names, what is in it. */
export type XmlElement = {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
};

const MAX_DEPTH = 256;
const MAX_ELEMENTS = 2_000_000;
const MAX_ATTRIBUTES = 200;

/**
 * Reads XML that is not trusted into a tree.
 * @throws AppError invalid for what is no XML, has a DOCTYPE or an entity of its own, or is too deep or too much.
 */
export function parseXml(text: string): XmlElement {
  const refuse = (message: string) => {
    throw new AppError('invalid', message);
  };
  const parser = new SaxesParser({ xmlns: true, position: true });
  const open: XmlElement[] = [];
  let root: XmlElement | null = null;
  let count = 0;
  parser.on('doctype', () =>
    refuse('The XML has a DOCTYPE, which is never read. Export it again without one.'),
  );
  parser.on('error', (error) => refuse(`That is no sound XML: ${error.message}`));
  parser.on('opentag', (tag) => {
    count += 1;
    if (open.length >= MAX_DEPTH) refuse(`The XML is nested deeper than ${MAX_DEPTH} levels.`);
    if (count > MAX_ELEMENTS) refuse(`The XML has more than ${MAX_ELEMENTS} elements.`);
    const given = Object.values(tag.attributes);
    if (given.length > MAX_ATTRIBUTES)
      refuse(`An element of the XML has more than ${MAX_ATTRIBUTES} attributes.`);
    const element: XmlElement = {
      name: tag.local,
      namespace: tag.uri,
      attributes: Object.fromEntries(given.map(({ local, value }) => [local, value])),
      children: [],
      text: '',
    };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => {
    open.pop();
  });
  const addText = (part: string) => {
    const element = open.at(-1);
    if (element) element.text += part;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.write(text.replace(/^\ufeff/, '')).close();
  return root ?? refuse('The XML is empty.');
}

/** The children of an element that are called so. */
export function childrenOf(element: XmlElement | undefined, name: string): XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

/** The first child that is called so. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}
