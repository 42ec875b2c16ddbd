import * as Y from 'yjs';
import { SYNC_STEP } from '@/lib/notes/note-sync';
import { NOTE_FRAGMENT, NOTE_SCHEMA_VERSION } from '@/lib/notes/schema-version';
import { awarenessMessage, syncMessage } from '../../support/note-messages';
import { partsOf } from '../../support/parse-tree';
import { Knock, until } from '../../support/socket';
import { XSS_CASES, type XssCase } from '../../support/xss-cases';

/** Calls the API of the program with a token. */
export class Api {
  constructor(
    readonly url: string,
    readonly token: string,
  ) {}

  async call<T = { id: string }>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(this.url + path, {
      method,
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      body: body ? JSON.stringify(body) : undefined,
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text) as T;
  }
}

/** The payload as a field that holds text takes it, at most so long. */
export const asText = ({ payload }: XssCase, longest = 20_000) =>
  payload.replaceAll('\0', '').slice(0, longest).toWellFormed().trim();
/** Words as `words()` of the page gives them. */
export const bare = (text: string) => text.replace(/[\s\p{C}]+/gu, '');

/** The addresses in the cases as a browser would read them, and each payload as an address itself. */
export function hostileAddresses(): string[] {
  const held = XSS_CASES.flatMap(({ payload }) => partsOf(payload).attributes)
    .filter(({ name, value }) => /href|src|action|data|cite|content/.test(name) && value !== '')
    .map(({ value }) => value);
  return [...new Set([...held, ...XSS_CASES.map(({ payload }) => payload)])];
}

type Attributes = Record<string, unknown>;

function element(
  name: string,
  attributes: Attributes,
  ...content: (Y.XmlElement | Y.XmlText)[]
): Y.XmlElement {
  const made = new Y.XmlElement<Record<string, never>>(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value as never);
  made.insert(0, content);
  return made as unknown as Y.XmlElement;
}

function text(words: string, marks: Attributes = {}): Y.XmlText {
  const made = new Y.XmlText();
  made.insert(0, words, marks);
  return made;
}

const paragraph = (words: string, marks?: Attributes) => element('paragraph', {}, text(words, marks));
/** Attributes that no node has, and that would matter if one kept them. */
const foreign = (value: string) => ({
  onclick: value,
  style: value,
  class: value,
  id: value,
  src: value,
  is: value,
});

/** Notes that no editor would write, by what is hostile in them. */
export const NOTES: Readonly<Record<string, () => Y.XmlElement[]>> = {
  'text of a note': () => XSS_CASES.map((one) => paragraph(asText(one))),
  'links of a note': () =>
    hostileAddresses().map((href) =>
      paragraph('link', { link: { href, target: '_self', rel: '', class: href, onclick: href } }),
    ),
  'blocks of a note': () =>
    XSS_CASES.flatMap(({ payload }) => [
      element('heading', { level: payload, ...foreign(payload) }, text('heading')),
      element('codeBlock', { language: payload, ...foreign(payload) }, text('code')),
      element('orderedList', { start: payload, type: payload }, element('listItem', {}, paragraph('item'))),
      element('taskList', foreign(payload), element('taskItem', { checked: payload }, paragraph('task'))),
      element('blockquote', { cite: payload, ...foreign(payload) }, paragraph('said')),
    ]),
  'tables of a note': () =>
    XSS_CASES.map(({ payload }) =>
      element(
        'table',
        foreign(payload),
        element(
          'tableRow',
          foreign(payload),
          element(
            'tableHeader',
            { colspan: payload, align: payload, ...foreign(payload) },
            paragraph('head'),
          ),
          element(
            'tableCell',
            { rowspan: payload, colwidth: payload, ...foreign(payload) },
            paragraph('cell'),
          ),
        ),
      ),
    ),
  'marks of a note': () =>
    XSS_CASES.map(({ payload }) =>
      paragraph('mark', {
        bold: foreign(payload),
        italic: { tag: payload },
        textStyle: { color: payload, fontFamily: payload },
        [payload.replace(/[^a-z]/gi, '').slice(0, 20) || 'x']: foreign(payload),
      }),
    ),
  'chips of a note that lead nowhere': () =>
    XSS_CASES.map(({ payload }) =>
      element('paragraph', {}, element('quoteChip', { annotationId: payload, ...foreign(payload) })),
    ),
  'unknown nodes of a note': () =>
    XSS_CASES.flatMap(({ payload }) => [
      element('image', { src: payload, alt: payload, onerror: payload }),
      element('iframe', { src: payload, srcdoc: payload }),
      element('script', { src: payload }, text(payload)),
      element(payload.replace(/[\s\0]/g, '').slice(0, 40) || 'x', foreign(payload)),
    ]),
};

/** The chips of annotations, one a paragraph. */
export const chips = (ids: readonly string[]) =>
  ids.map((annotationId) => element('paragraph', {}, element('quoteChip', { annotationId })));

/** A socket of the note's room, without a client of ours behind it. */
async function join(api: Api, projectId: string, noteId: string): Promise<Knock> {
  const address = `${api.url.replace('http', 'ws')}/sync/${projectId}/${noteId}?schema=${NOTE_SCHEMA_VERSION}&ack=1&token=${api.token}`;
  const socket = new Knock(address, {});
  await until(() => socket.heard.length > 0 || socket.code !== null || socket.status !== null);
  if (socket.code !== null || socket.status !== null)
    throw new Error(`The room answered ${socket.code ?? socket.status}`);
  return socket;
}

/** Writes into a note by the raw socket; answers whether the server kept it, or refused it and closed. */
export async function writeNote(
  api: Api,
  projectId: string,
  noteId: string,
  content: Y.XmlElement[],
): Promise<boolean> {
  const doc = new Y.Doc();
  doc.getXmlFragment(NOTE_FRAGMENT).insert(0, [...content, paragraph('The end.')]);
  const socket = await join(api, projectId, noteId);
  // Its state vector is answered, else nothing counts as saved.
  socket.socket.send(syncMessage(SYNC_STEP.answer, Y.encodeStateAsUpdate(doc)));
  const saved = () =>
    socket.heard.some((one) => typeof one !== 'string' && one[0] === 100 && one.at(-1) === 1);
  await until(() => socket.code !== null || saved(), 20_000);
  const kept = saved();
  socket.leave();
  return kept;
}

/** Somebody present in a note whose caret says what it should not; the caller leaves. */
export async function haunt(api: Api, projectId: string, noteId: string): Promise<Knock> {
  const socket = await join(api, projectId, noteId);
  const all = XSS_CASES.slice(0, 20)
    .map(({ payload }) => payload)
    .join('');
  const cursor = { type: null, tname: NOTE_FRAGMENT, item: null, assoc: 0 };
  socket.socket.send(
    awarenessMessage(7, {
      user: {
        id: all.slice(0, 100),
        name: all.slice(0, 900),
        color: `red;background:url(http://beacon.invalid/c)`,
      },
      cursor: { anchor: cursor, head: cursor },
    }),
  );
  return socket;
}
