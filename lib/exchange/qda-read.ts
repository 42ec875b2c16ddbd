import { AppError } from '../errors';
import { keyOfGuid } from './guids';
import { type Incoming, type IncomingAnnotation, nothingComing, plainNote } from './incoming';
import type { Losses } from './losses';
import { type Counting, createRuler, findCounting } from './offsets';
import { readCodes } from './qda-codebook';
import { COUNTED, VARIABLE_KEYS, VARIABLES, type VariableKey } from './qda-write';
import { childOf, childrenOf, parseXml, type XmlElement } from './xml';

/** The files of an archive by their names, as they stand in it. */
export type Files = ReadonlyMap<string, Uint8Array>;

function decoded(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new AppError('invalid', `${name} is not UTF-8 text.`, { cause });
  }
}

/** A text of a file, and whether it begins with the mark of its encoding. */
type Text = { text: string; isMarked: boolean };
/** A text as we keep it: without the mark of its encoding, each line ended with LF alone. */
const canonical = (text: string): Text => ({
  text: text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n'),
  isMarked: text.startsWith('\ufeff'),
});

function findProject(files: Files): XmlElement {
  const names = [...files.keys()].filter((name) => /^[^/]+\.qde$/i.test(name));
  const [name] = names;
  if (name === undefined || names.length > 1)
    throw new AppError('invalid', `A QDPX holds one .qde file at its top; this one has ${names.length}.`);
  const root = parseXml(decoded(files.get(name) as Uint8Array, name));
  if (root.name !== 'Project') throw new AppError('invalid', `${name} holds no Project but ${root.name}.`);
  return root;
}

function textOf(source: XmlElement, files: Files): Text | null {
  const inline = childOf(source, 'PlainTextContent');
  if (inline) return canonical(inline.text);
  const path = (source.attributes.plainTextPath ?? '').replace(/^internal:\/\//, '');
  if (path === '' || path.includes('..') || /^[a-z]+:|^[/\\]/i.test(path)) return null;
  const wanted = [`sources/${path}`, path].map((one) => one.toLowerCase());
  for (const [name, bytes] of files) {
    if (wanted.includes(name.toLowerCase())) return canonical(decoded(bytes, name));
  }
  return null;
}

type Names = { users: Map<string, string>; codes: Map<string, string>; variables: Map<string, VariableKey> };

function readNames(root: XmlElement): Names {
  const users = childrenOf(childOf(root, 'Users'), 'User').map(
    ({ attributes: { guid = '', name = '', id = '' } }) => [keyOfGuid(guid), name || id] as const,
  );
  const variables = childrenOf(childOf(root, 'Variables'), 'Variable').flatMap(({ attributes }) => {
    const key = VARIABLE_KEYS.find((one) => VARIABLES[one] === attributes.name);
    return key ? [[keyOfGuid(attributes.guid ?? ''), key] as const] : [];
  });
  return { users: new Map(users), codes: new Map(), variables: new Map(variables) };
}

const numberOf = (text: string | undefined) => (/^\d{1,9}$/.test(text ?? '') ? Number(text) : -1);
const dateOf = (text: string | undefined) => {
  const at = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
};

/** How our own files count: what was written with the mark of its encoding is for NVivo. */
const ownCounting = ({ isMarked }: Text): Counting => COUNTED[isMarked ? 'nvivo' : 'standard'];

type Reading = { names: Names; losses: Losses; isOurs: boolean };

function readSelections(source: XmlElement, key: string, given: Text, { names, losses, isOurs }: Reading) {
  const { text } = given;
  const selections = childrenOf(source, 'PlainTextSelection');
  const title = source.attributes.name ?? '';
  const { counting, isCertain } = isOurs
    ? { counting: ownCounting(given), isCertain: true }
    : findCounting(
        text,
        selections.map(({ attributes: { startPosition, endPosition, name } }) => ({
          start: numberOf(startPosition),
          end: numberOf(endPosition),
          quote: name || null,
        })),
      );
  if (!isCertain)
    losses.add(
      'Texts whose counting is not certain',
      'Two ways of counting fit equally well; the standard’s own was taken. Look at a few passages.',
      title,
    );
  const ruler = createRuler(text, counting);
  return selections.flatMap((selection): IncomingAnnotation[] => {
    const {
      guid = '',
      startPosition,
      endPosition,
      creatingUser = '',
      creationDateTime,
      name = '',
    } = selection.attributes;
    const [start, end] = [ruler.in(numberOf(startPosition)), ruler.in(numberOf(endPosition))];
    if (start === null || end === null || start >= end) {
      losses.add('Passages without words', 'They are empty, or end outside their text.', name || title);
      return [];
    }
    const codings = childrenOf(selection, 'Coding');
    const codes = codings.map((coding) => keyOfGuid(childOf(coding, 'CodeRef')?.attributes.targetGUID ?? ''));
    const body = childOf(selection, 'Description')?.text.trim() || null;
    const maker = creatingUser || (codings[0]?.attributes.creatingUser ?? '');
    return [
      {
        key: keyOfGuid(guid) || `${key} ${start}-${end} ${codes.join()}`,
        source: key,
        url: null,
        start,
        end,
        exact: text.slice(start, end),
        prefix: '',
        suffix: '',
        motivation: codes.length > 0 ? 'classifying' : body ? 'commenting' : 'highlighting',
        body,
        codes,
        quote: null,
        creator: names.users.get(keyOfGuid(maker)) ?? '',
        created: dateOf(creationDateTime),
      },
    ];
  });
}

const UNREAD: Record<string, string> = {
  PictureSource: 'Pictures',
  PDFSource: 'PDF files',
  AudioSource: 'Sound',
  VideoSource: 'Film',
};

function readSources(root: XmlElement, files: Files, coming: Incoming, reading: Reading): void {
  const { names, losses } = reading;
  for (const element of childOf(root, 'Sources')?.children ?? []) {
    const unread = UNREAD[element.name];
    const inner = element.name === 'PDFSource' ? childOf(element, 'Representation') : element;
    if (unread)
      losses.add(
        unread,
        'Only texts come in, and the text of a PDF where it has one.',
        element.attributes.name ?? '',
      );
    if (inner === undefined || (unread && element.name !== 'PDFSource')) continue;
    const text = textOf(inner, files);
    const title = element.attributes.name?.trim() || 'Text without a name';
    if (text === null || text.text.trim() === '') {
      losses.add('Sources without a text', 'Their text is not in the archive, or empty.', title);
      continue;
    }
    // What a PDF says has an id of its own; ours is known by that of the PDF, which is the source here.
    const { guid = '' } = (reading.isOurs ? element : inner).attributes;
    const key = keyOfGuid(guid) || title;
    const facts: Record<VariableKey, string | null> = {
      ...{ url: null, byline: null, siteName: null, publishedAt: null, language: null },
    };
    for (const value of childrenOf(element, 'VariableValue')) {
      const variable = names.variables.get(
        keyOfGuid(childOf(value, 'VariableRef')?.attributes.targetGUID ?? ''),
      );
      if (variable) facts[variable] = childOf(value, 'TextValue')?.text ?? null;
      else losses.add('Variables', 'A source here has no fields of one’s own.', title);
    }
    coming.sources.push({ key, title, ...facts, text: text.text });
    coming.annotations.push(...readSelections(inner, key, text, reading));
  }
}

/** What a QDPX of any program holds. @throws AppError invalid with what is wrong with it. */
export function readQdpx(files: Files, losses: Losses): Incoming {
  const root = findProject(files);
  const coming = nothingComing();
  coming.codes.push(...readCodes(childOf(root, 'CodeBook')));
  readSources(root, files, coming, {
    names: readNames(root),
    losses,
    isOurs: root.attributes.origin === 'Gloss',
  });
  for (const note of childrenOf(childOf(root, 'Notes'), 'Note')) {
    const text = textOf(note, files);
    const { guid = '', name = '' } = note.attributes;
    if (text === null) losses.add('Notes without a text', 'Their text is not in the archive.', name);
    else coming.notes.push(plainNote(keyOfGuid(guid) || name, name || 'Note', text.text.split('\n')));
  }
  const gone = { Cases: 'Cases', Sets: 'Sets', Graphs: 'Drawings', Links: 'Links' };
  for (const [name, what] of Object.entries(gone)) {
    for (const child of childOf(root, name)?.children ?? [])
      losses.add(what, 'There is no such thing here.', child.attributes.name ?? '');
  }
  return coming;
}

/** What a QDC of any program holds. @throws AppError invalid with what is wrong with it. */
export function readQdc(bytes: Uint8Array, losses: Losses): Incoming {
  const root = parseXml(decoded(bytes, 'The codebook'));
  if (root.name !== 'CodeBook') throw new AppError('invalid', `This holds no CodeBook but ${root.name}.`);
  const coming = nothingComing();
  coming.codes.push(...readCodes(root));
  for (const set of childrenOf(childOf(root, 'Sets'), 'Set'))
    losses.add('Sets', 'There is no such thing here.', set.attributes.name ?? '');
  return coming;
}
