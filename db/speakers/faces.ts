import { type SQL, sql } from 'drizzle-orm';
import type { QuoteDetails, StoredQuote } from '../../lib/annotations/quote';
import { type Face, quoteWithFaces } from '../../lib/speakers/face';
import { annotations } from '../schema/annotations';

/** The shown names of whoever a quote's row names, by id. */
export type Faces = Record<string, Face> | null;

/**
 * The faces that a row of `annotations` needs, as a column: of its speaker and of the speakers in its chain, each as whoever
 * stands for them by now.
 */
export const FACES: SQL<Faces> = sql<Faces>`case when ${annotations.quote} is null then null else (
  select jsonb_object_agg(m.id, jsonb_build_object('id', r.id, 'name', r.name, 'isProtected', r.is_protected))
  from speakers m join speakers r on r.id = m.root_id
  where m.project_id = ${annotations.projectId} and m.id = any(array_append(array(
    select (link->>'speakerId')::uuid from jsonb_array_elements(${annotations.quote}->'chain') link
    where link->>'speakerId' is not null), ${annotations.speakerId}))) end`;

/** A quote as everybody reads it: the one way from its row to a name. */
export function quoteOf(
  row: { quote: StoredQuote | null; speakerId: string | null; written: string },
  faces: Faces,
): QuoteDetails | null {
  if (row.quote === null) return null;
  const quote = { ...row.quote, speaker: '', speakerId: row.speakerId, written: row.written };
  return quoteWithFaces(quote, (id) => faces?.[id]);
}

/** Somebody's name as it is compared. */
export const folded = (name: string | SQL): SQL => sql`gloss_fold(${name})`;
