import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { AppError } from '../../lib/errors';
import { type Incoming, nothingComing } from '../../lib/exchange/incoming';
import type { Losses } from '../../lib/exchange/losses';
import { createRuler } from '../../lib/exchange/offsets';
import { parsePage, textOf } from '../sources/parse-page';

const MAGIC = 'SQLite format 3\0';

/** Whether a file is a database of SQLite. */
export function isDatabase(bytes: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(bytes.subarray(0, MAGIC.length)) === MAGIC;
}

/** Taguette's tables and what is read of each; its accounts, whose passwords are in them, are never touched. */
const TABLES = {
  projects: ['id', 'name'],
  documents: ['id', 'name', 'description', 'text_direction', 'contents'],
  highlights: ['id', 'document_id', 'start_offset', 'end_offset'],
  tags: ['id', 'path', 'description'],
  highlight_tags: ['highlight_id', 'tag_id'],
  commands: ['id', 'user_login', 'payload'],
} as const;
type Table = keyof typeof TABLES;

/** Rows of a table: far beyond what anybody codes by hand. */
const MOST_ROWS = 200_000;
const LONGEST_DOCUMENT = 10_000_000;

const noTaguette = (cause?: unknown) =>
  new AppError(
    'invalid',
    'This database is no project of Taguette, or it is damaged. Export the project again.',
    {
      cause,
    },
  );

/**
 * Opens a copy in memory, of which nothing but the columns above is let through: not a view, trigger or function that a
 * stranger put into it.
 */
function open(bytes: Uint8Array): DatabaseSync {
  // Older Nodes have none, or none that reads a file from memory; all other formats come in with them too.
  const sqlite = process.getBuiltinModule('node:sqlite');
  if (sqlite === undefined || !('deserialize' in sqlite.DatabaseSync.prototype))
    throw new AppError(
      'invalid',
      'This Node reads no databases. Start Gloss by npm start, which brings one that does.',
    );
  const { constants, DatabaseSync: Opened } = sqlite;
  const db = new Opened(':memory:', { allowExtension: false, enableForeignKeyConstraints: false });
  db.deserialize(bytes);
  db.exec('pragma trusted_schema = off; pragma query_only = on; pragma cell_size_check = on;');
  const standing = db.prepare('select name, type, sql from sqlite_schema').all();
  for (const table of Object.keys(TABLES)) {
    const found = standing.filter(({ name }) => name === table);
    const sql = String(found[0]?.sql ?? '');
    // Neither a view nor a virtual table, and no column that is reckoned.
    if (
      found.length !== 1 ||
      found[0]?.type !== 'table' ||
      !/^create table/i.test(sql) ||
      /\bas\s*\(/i.test(sql)
    )
      throw noTaguette();
  }
  db.setAuthorizer((action, table, column) => {
    if (action === constants.SQLITE_SELECT) return constants.SQLITE_OK;
    const columns: readonly string[] = TABLES[table as Table] ?? [];
    const isRead = action === constants.SQLITE_READ && (column === '' || columns.includes(column ?? ''));
    return isRead ? constants.SQLITE_OK : constants.SQLITE_DENY;
  });
  return db;
}

function rowsOf<T>(db: DatabaseSync, table: Table, shape: z.ZodType<T>): T[] {
  const columns = TABLES[table].map((name) => `"${name}"`).join(', ');
  const rows: T[] = [];
  for (const row of db.prepare(`select ${columns} from "${table}" limit ${MOST_ROWS + 1}`).iterate()) {
    if (rows.length === MOST_ROWS)
      throw new AppError(
        'invalid',
        `More than ${MOST_ROWS} rows of one kind are in it. Bring it in in parts.`,
      );
    const read = shape.safeParse(row);
    if (!read.success) throw noTaguette(read.error);
    rows.push(read.data);
  }
  return rows;
}

const Project = z.object({ id: z.int(), name: z.string() });
const Document = z.object({
  id: z.int(),
  name: z.string(),
  description: z.string(),
  text_direction: z.string(),
  contents: z.string(),
});
const Highlight = z.object({ id: z.int(), document_id: z.int(), start_offset: z.int(), end_offset: z.int() });
const Tag = z.object({ id: z.int(), path: z.string(), description: z.string() });
const HighlightTag = z.object({ highlight_id: z.int(), tag_id: z.int() });
const Command = z.object({ id: z.int(), user_login: z.string(), payload: z.string() });
const Added = z.object({ type: z.literal('highlight_add'), highlight_id: z.int() });

/** Who made each highlight, as the log of the project has it. */
function makersOf(db: DatabaseSync): Map<number, string> {
  const makers = new Map<number, string>();
  for (const { user_login: login, payload } of rowsOf(db, 'commands', Command)) {
    if (!payload.includes('"highlight_add"')) continue;
    try {
      const added = Added.safeParse(JSON.parse(payload));
      // The first made it; whoever changed it later did not.
      if (added.success && !makers.has(added.data.highlight_id)) makers.set(added.data.highlight_id, login);
    } catch {
      // A line of the log that is none: nobody is known to have made it.
    }
  }
  return makers;
}

/** What a project of Taguette holds. Its places are bytes of the text in UTF-8, tags not counted. @throws AppError invalid. */
export function readTaguette(bytes: Uint8Array, losses: Losses): Incoming {
  try {
    const db = open(bytes);
    try {
      return read(db, losses);
    } finally {
      db.close();
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    // What SQLite says of a file that is damaged or not what it says it is.
    if (error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR')
      throw noTaguette(error);
    throw error;
  }
}

function read(db: DatabaseSync, losses: Losses): Incoming {
  const projects = rowsOf(db, 'projects', Project);
  const [project] = projects;
  if (project === undefined) throw noTaguette();
  if (projects.length > 1)
    throw new AppError(
      'invalid',
      `This holds ${projects.length} projects. Export the one you want from Taguette, as a project of its own.`,
    );
  const coming = nothingComing();
  const tags = rowsOf(db, 'tags', Tag);
  for (const { path, description } of tags) {
    const bare = { whenToUse: '', whenNot: '', colour: null, parent: null };
    coming.codes.push({ ...bare, key: `#${path}`, name: path, definition: description });
  }
  const pathOf = new Map(tags.map(({ id, path }) => [id, path]));
  const tagged = Map.groupBy(rowsOf(db, 'highlight_tags', HighlightTag), (one) => one.highlight_id);
  const marked = Map.groupBy(rowsOf(db, 'highlights', Highlight), (one) => one.document_id);
  const makers = makersOf(db);
  for (const document of rowsOf(db, 'documents', Document)) {
    const key = `taguette ${project.id} ${project.name} ${document.id} ${document.name}`;
    const codesOf = (id: number) =>
      (tagged.get(id) ?? []).flatMap(({ tag_id: tag }) => pathOf.get(tag) ?? []);
    const highlights = (marked.get(document.id) ?? []).map((one) => ({
      ...one,
      codes: codesOf(one.id).map((path) => `#${path}`),
      creator: makers.get(one.id) ?? '',
    }));
    takeDocument(document, key, highlights, coming, losses);
  }
  return coming;
}

type Marked = z.output<typeof Highlight> & { codes: string[]; creator: string };

function takeDocument(
  document: z.output<typeof Document>,
  key: string,
  highlights: readonly Marked[],
  coming: Incoming,
  losses: Losses,
): void {
  const { name, description, contents, text_direction: direction } = document;
  if (contents.length > LONGEST_DOCUMENT)
    throw new AppError('invalid', `“${name}” is too large: a document takes ${LONGEST_DOCUMENT} characters.`);
  const text = textOf(parsePage(contents));
  if (description.trim() !== '')
    losses.add('What documents are described as', 'A source here has no such field.', description);
  const isRight = direction === 'RIGHT_TO_LEFT';
  coming.sources.push({
    ...{
      key,
      title: name,
      text,
      isForeign: true,
      html: isRight ? `<div dir="rtl">${contents}</div>` : contents,
    },
    ...{ url: null, byline: null, siteName: null, publishedAt: null, language: null },
  });
  const ruler = createRuler(text, { unit: 'utf-8', lineEnd: 1, before: 0 });
  for (const { id, start_offset: from, end_offset: to, codes, creator } of highlights) {
    const [start, end] = [ruler.in(from), ruler.in(to)];
    if (start === null || end === null || start >= end) {
      losses.add('Highlights without words', 'They are empty, or end outside their document.', name);
      continue;
    }
    coming.annotations.push({
      ...{ key: `${key} ${id} ${from}-${to}`, source: key, url: null, start, end },
      ...{ exact: text.slice(start, end), prefix: '', suffix: '', body: null, quote: null, created: null },
      ...{
        codes,
        creator,
        motivation: codes.length > 0 ? ('classifying' as const) : ('highlighting' as const),
      },
    });
  }
}
