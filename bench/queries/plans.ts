import pg from 'pg';
import type { Database } from '../../db/client';

/** A statement as it was sent. */
export type Sent = { readonly text: string; readonly values: readonly unknown[] };

/** Hears every statement that this process sends to Postgres, until the returned function is called. */
export function hearStatements(hear: (sent: Sent) => void): () => void {
  const { prototype } = pg.Client;
  const { query } = prototype;
  prototype.query = function heard(this: pg.Client, ...given: unknown[]) {
    const [what, values] = given as [string | { text: string; values?: unknown[] }, unknown];
    const text = typeof what === 'string' ? what : what.text;
    const own = typeof what === 'string' ? undefined : what.values;
    hear({ text, values: own ?? (Array.isArray(values) ? values : []) });
    return (query as (...all: unknown[]) => unknown).apply(this, given);
  } as typeof query;
  return () => {
    prototype.query = query;
  };
}

type Plan = { 'Node Type': string; 'Relation Name'?: string; Plans?: Plan[] };

function* nodesOf(plan: Plan): Generator<Plan> {
  yield plan;
  for (const one of plan.Plans ?? []) yield* nodesOf(one);
}

/** The tables with at least so many rows. */
export async function largeTables(db: Database, rows: number): Promise<Set<string>> {
  const found = await db.$client.query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and reltuples >= $1`,
    [rows],
  );
  return new Set(found.rows.map(({ name }) => name));
}

/** The large tables that Postgres would read from one end to the other for this statement. */
export async function scannedBy(
  db: Database,
  { text, values }: Sent,
  large: ReadonlySet<string>,
): Promise<string[]> {
  if (!/^\s*(select|with)\b/i.test(text)) return [];
  const { rows } = await db.$client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
    `explain (format json) ${text}`,
    [...values],
  );
  const plan = rows[0]?.['QUERY PLAN'][0].Plan;
  if (plan === undefined) throw new Error(`Postgres gave no plan for: ${text}`);
  return [...nodesOf(plan)]
    .filter((node) => node['Node Type'].endsWith('Seq Scan') && large.has(node['Relation Name'] ?? ''))
    .map((node) => node['Relation Name'] as string);
}
