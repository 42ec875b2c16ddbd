import { type Attributes, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

/** Does a request's work within a span of its own; without tracing that costs next to nothing. `run` tells what came of it. */
export function inRequestSpan<T>(
  name: string,
  attributes: Attributes,
  run: (span: Span) => Promise<T>,
): Promise<T> {
  const tracer = trace.getTracer('gloss');
  return tracer.startActiveSpan(name, { kind: SpanKind.SERVER, attributes }, async (span) => {
    try {
      return await run(span);
    } finally {
      span.end();
    }
  });
}

/** Says how a request was answered, by the semantic conventions for HTTP servers: only the server's own faults are errors. */
export function tellAnswer(span: Span, status: number): void {
  span.setAttribute('http.response.status_code', status);
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
}
