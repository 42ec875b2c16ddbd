import { type SQL, sql } from 'drizzle-orm';
import { TARGET_STATES } from '../../lib/annotations/anchoring';
import type { Leaf, Node } from '../../lib/search/query';
import { type Meaning, PLAIN } from './resolve';

/**
 * A part of a query as Postgres takes it: as text of a tsquery wherever that can say it, so that one index answers the whole.
 * null where nothing is asked (the words are too common), `none` where nothing can fit.
 */
type Part = { readonly ts: string } | { readonly sql: SQL } | 'none' | null;

/** Lexemes of a project that a misspelt one may mean. */
export type Alike = ReadonlyMap<string, readonly string[]>;

/** A lexeme in quotes, as Postgres writes it. */
const LEXEME = /'(?:[^'\\]|''|\\.)*'/g;

/** The lexeme that says what a thing is; as `gloss_search_facet` makes it. */
const facet = (field: string, value: string) => `'@${field}${value.replaceAll('-', '')}'`;
const facets = (field: string, values: readonly string[]): Part =>
  values.length === 0 ? 'none' : { ts: `(${values.map((value) => facet(field, value)).join(' | ')})` };

/** The lexemes of a tsquery's text. */
export function lexemesOf(ts: string): string[] {
  return [...ts.matchAll(LEXEME)].map(([quoted]) => quoted.slice(1, -1).replaceAll("''", "'"));
}

const toSql = (part: { ts: string } | { sql: SQL }): SQL =>
  'ts' in part ? sql`d.tsv @@ ${part.ts}::tsquery` : part.sql;

function all(parts: readonly Part[]): Part {
  if (parts.includes('none')) return 'none';
  return together(parts, ' & ', sql` and `);
}

function any(parts: readonly Part[]): Part {
  const possible = parts.filter((part) => part !== 'none');
  return possible.length === 0 && parts.length > 0 ? 'none' : together(possible, ' | ', sql` or `);
}

function together(parts: readonly Part[], operator: string, word: SQL): Part {
  const said = parts.filter((part) => part !== null && part !== 'none');
  const words = said.flatMap((part) => ('ts' in part ? [part.ts] : []));
  const others = said.flatMap((part) => ('ts' in part ? [] : [part.sql]));
  const ts = words.length > 1 ? `(${words.join(operator)})` : words[0];
  if (others.length === 0) return ts === undefined ? null : { ts };
  const conditions = ts === undefined ? others : [toSql({ ts }), ...others];
  return { sql: sql`(${sql.join(conditions, word)})` };
}

function no(part: Part): Part {
  if (part === null) return null;
  if (part === 'none') return { sql: sql`true` };
  return 'ts' in part ? { ts: `!${part.ts}` } : { sql: sql`not coalesce(${part.sql}, false)` };
}

/**
 * Kinds of which there are thousands, yet far fewer than marks: their condition is said of the row too. They may lie close together
 * in time, where Postgres takes a walk from the newest thing for cheap though it passes all others first.
 */
const CLUSTERED = new Set(['claim', 'thread', 'follow-up']);

type Context = {
  readonly meaning: Meaning;
  readonly config: string;
  readonly projectId: string;
  readonly alike: Alike;
  /** Whether it is inside what is not wanted. */
  readonly isDenied?: boolean;
};

function compile(node: Node, context: Context): Part {
  switch (node.type) {
    case 'and':
      return all(node.nodes.map((one) => compile(one, context)));
    case 'or':
      return any(node.nodes.map((one) => compile(one, context)));
    case 'not':
      // What is not wanted is not guessed at.
      return no(compile(node.node, { ...context, alike: new Map(), isDenied: true }));
    case 'field':
      return compileField(node, context);
    default: {
      const codes = facets('c', context.meaning.codesCalled.get(node) ?? []);
      const speakers = facets('v', context.meaning.speakersCalled.get(node) ?? []);
      const words = compileWords(node, context);
      return words === null ? null : any([words, codes, speakers]);
    }
  }
}

/** The words of a leaf; every form that the alternatives of its lexemes allow. */
function compileWords(leaf: Leaf, { meaning, config, alike }: Context): Part {
  const words = meaning.words.get(leaf);
  const ts = words?.get(config) ?? '';
  if (leaf.type === 'word' && leaf.prefix) {
    const plain = words?.get(PLAIN) ?? '';
    const begun = plain === '' ? [] : [plain.replace(/'$/, "':*")];
    const forms = [...(ts === '' ? [] : [ts]), ...begun];
    return forms.length === 0 ? null : { ts: `(${forms.join(' | ')})` };
  }
  if (ts === '') return null;
  const forms = ts.replace(LEXEME, (quoted) => {
    const others = alike.get(quoted.slice(1, -1)) ?? [];
    return others.length === 0 ? quoted : `(${[quoted, ...others.map((word) => `'${word}'`)].join(' | ')})`;
  });
  return { ts: `(${forms})` };
}

function compileField(leaf: Extract<Leaf, { type: 'field' }>, context: Context): Part {
  const { field, value } = leaf;
  const named = context.meaning.named.get(leaf) ?? [];
  switch (field) {
    case 'kind': {
      if (value === 'annotation') return facets('k', ['annotation', 'quote']);
      const kind = facets('k', [value]);
      return context.isDenied || !CLUSTERED.has(value) ? kind : all([kind, { sql: sql`d.kind = ${value}` }]);
    }
    case 'code':
      return facets('c', named);
    case 'by':
      return facets('u', named);
    case 'owner':
      return facets('o', named);
    case 'source':
    case 'in':
      return facets('s', named);
    case 'speaker':
      return facets('v', named);
    case 'status':
      return any(named.map((status) => compileStatus(status, context)));
    case 'due':
      return {
        sql: sql`d.id in (
          select id from follow_ups where project_id = ${context.projectId} and deleted is null and due <= ${value}
          union all select id from claims where project_id = ${context.projectId} and deleted is null and due <= ${value})`,
      };
    case 'before':
      return { sql: sql`d.created < ${`${value}T00:00:00Z`}::timestamptz` };
    case 'after':
      return { sql: sql`d.created >= ${`${value}T00:00:00Z`}::timestamptz` };
  }
}

/**
 * Threads and claims say it of themselves; marks by where they stand in the current version. What is settled is the rest, as
 * most is.
 */
function compileStatus(value: string, { projectId }: Context): Part {
  if (!TARGET_STATES.some((state) => state === value)) return facets('t', [value]);
  const states = value === 'settled' ? TARGET_STATES.filter((state) => state !== 'settled') : [value];
  const marks = sql`d.origin = 'annotation' and`;
  const listed = sql`d.id in (select t.annotation_id from sources s
    join annotation_targets t on t.source_id = s.id and t.version = s.version
    where s.project_id = ${projectId} and t.state = any(${sql.param([...states])}::text[]))`;
  return { sql: value === 'settled' ? sql`(${marks} not (${listed}))` : sql`(${marks} ${listed})` };
}

/** The words that are asked for, as they are ranked by; null where there are none. */
function rankable(node: Node, context: Context): Part {
  switch (node.type) {
    case 'and':
      return all(node.nodes.map((one) => rankable(one, context)));
    case 'or':
      return any(node.nodes.map((one) => rankable(one, context)));
    case 'word':
    case 'phrase':
      return compileWords(node, context);
    default:
      return null;
  }
}

/** Whether every language asks for the same lexemes: one condition says it then. */
function isSame(parts: readonly Part[]): boolean {
  const [first] = parts;
  if (first === undefined || first === null || first === 'none' || 'sql' in first) return parts.length === 1;
  return parts.every((part) => part !== null && part !== 'none' && 'ts' in part && part.ts === first.ts);
}

/** A condition on `search_documents d`, and the tsquery that what fits is ranked by. */
export type Condition = { readonly where: SQL; readonly rank: string | null };

/**
 * What a query asks for, as a condition; null where nothing can fit: a name that nobody has, or only words that are too
 * common to be kept. A thing fits when it fits in its own language.
 */
export function compileQuery(
  root: Node,
  meaning: Meaning,
  { projectId }: { projectId: string },
  alike: Alike = new Map(),
): Condition | null {
  const contexts = meaning.configs.map((config) => ({ meaning, config, projectId, alike }));
  const parts = contexts.map((context) => ({ part: compile(root, context), config: context.config }));
  const part = isSame(parts.map((one) => one.part))
    ? (parts[0]?.part ?? null)
    : any(
        parts.map(({ part: one, config }) => (one === null ? one : all([one, { ts: facet('l', config) }]))),
      );
  if (part === null || part === 'none') return null;
  const whole = all([part, { ts: facet('p', projectId) }]) as { ts: string } | { sql: SQL };
  const ranks = contexts.map((context) => rankable(root, context));
  const rank = isSame(ranks) ? (ranks[0] ?? null) : any(ranks);
  return { where: toSql(whole), rank: rank !== null && rank !== 'none' && 'ts' in rank ? rank.ts : null };
}
