import { pino } from 'pino';
import { env } from '../env';

/** The level asked for. A wrong environment is told, fault by fault, by whoever starts the program; not while modules load. */
function level(): string {
  try {
    return env().LOG_LEVEL;
  } catch {
    return 'info';
  }
}

/**
 * An error as the log keeps it. What a query was sent with, and what Postgres quotes of it, is left out: it may be
 * somebody's article, note or address. Its place in the code and its cause stay.
 */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const isQuery = 'query' in error || 'severity' in error;
  const facts: Record<string, unknown> = {
    type: error.name,
    message: isQuery ? 'A query failed.' : error.message,
    stack: (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)),
  };
  for (const key of ['code', 'table', 'constraint', 'routine'] as const) {
    if (key in error) facts[key] = (error as unknown as Record<string, unknown>)[key];
  }
  if (error.cause !== undefined) facts.cause = describeError(error.cause);
  return facts;
}

/** The process's log, as JSON lines on standard output. It never carries article or note text, secrets or tokens. */
export const log = pino({
  level: level(),
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  serializers: { err: describeError },
  redact: ['req.headers', 'token', 'password', 'secret', '*.token', '*.password'],
});
