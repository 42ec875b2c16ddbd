import { sql } from 'drizzle-orm';
import type { Grant } from '../../lib/access/grant';
import { forgiven, typosBetween } from '../../lib/search/typo';
import type { Database } from '../client';
import type { Alike } from './compile';

/** So many words are tried for one. */
const TRIED = 8;

/** The project's lexemes that these may be misspellings of, the likeliest first; none where Postgres has no trigrams. */
export async function findAlike(
  db: Database,
  { projectId }: Grant,
  lexemes: readonly string[],
): Promise<Alike> {
  const long = [...new Set(lexemes)].filter(
    (lexeme) => /^\p{L}+$/u.test(lexeme) && forgiven(lexeme.length) > 0,
  );
  if (long.length === 0) return new Map();
  const rows = await db.transaction(async (tx) => {
    const { rows: has } = await tx.execute(sql`select from pg_extension where extname = 'pg_trgm'`);
    if (has.length === 0) return [];
    // Words with two mistakes have few trigrams in common; what is too far off is told by the distance.
    await tx.execute(sql`set local pg_trgm.similarity_threshold = 0.2`);
    const found = await tx.execute<{ lexeme: string; word: string }>(sql`
      select distinct lexeme, w.word from unnest(${sql.param(long)}::text[]) as lexeme
      join search_words w on w.word % lexeme and w.project_id = ${projectId} and w.word <> lexeme
      where abs(length(w.word) - length(lexeme)) <= 2`);
    return found.rows;
  });
  const alike = new Map<string, string[]>();
  for (const lexeme of long) {
    const most = forgiven(lexeme.length);
    const near = rows
      .filter((row) => row.lexeme === lexeme)
      .map(({ word }) => ({ word, typos: typosBetween(lexeme, word, most) }))
      .filter(({ typos }) => typos <= most)
      .sort((a, b) => a.typos - b.typos || (a.word < b.word ? -1 : 1))
      .slice(0, TRIED);
    if (near.length > 0)
      alike.set(
        lexeme,
        near.map(({ word }) => word),
      );
  }
  return alike;
}
