import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Database } from '../../db/client';

type Question = (...given: unknown[]) => unknown;

/**
 * Gives each question to the database that a traced request asks a span: what it does with which table, and how long. The words of
 * the question stay out, as do all values.
 */
export function traceQueries(pool: Database['$client']): void {
  const connect = pool.connect.bind(pool) as Question;
  // Whoever waits for a connection is woken by whoever gives one back, within that one's trace.
  (pool as { connect: Question }).connect = (...given) =>
    connect(...given.map((one) => (typeof one === 'function' ? context.bind(context.active(), one) : one)));
  pool.on('connect', (client) => {
    const ask = client.query.bind(client) as Question;
    (client as { query: Question }).query = (...given) => traced(ask, given);
  });
}

function traced(ask: Question, given: unknown[]): unknown {
  if (!trace.getActiveSpan()?.isRecording()) return ask(...given);
  const summary = summaryOf(given[0]);
  const span = trace.getTracer('gloss').startSpan(summary, {
    kind: SpanKind.CLIENT,
    attributes: { 'db.system.name': 'postgresql', 'db.query.summary': summary },
  });
  const end = (error?: unknown) => {
    if (error) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  };
  const last = given.at(-1);
  if (typeof last === 'function') {
    const done = context.bind(context.active(), last) as Question;
    return ask(...given.slice(0, -1), (error: unknown, answer: unknown) => {
      end(error);
      done(error, answer);
    });
  }
  const asked = ask(...given);
  // A cursor is no promise: what it takes is told by whoever reads it.
  if (!(asked instanceof Promise)) {
    end();
    return asked;
  }
  asked.then(() => end(), end);
  return asked;
}

/** What a question does, and with which table first: `select annotations`. */
export function summaryOf(question: unknown): string {
  const text = typeof question === 'string' ? question : (question as { text?: string } | null)?.text;
  const [verb] = /[a-z]+/i.exec(text ?? '') ?? [];
  const [, table] =
    /\b(?:from|into|update|join)\s+(?:only\s+)?(?:"?public"?\.)?"?([a-z_]+)"?/i.exec(text ?? '') ?? [];
  return [verb?.toLowerCase() ?? 'query', table].filter(Boolean).join(' ');
}
