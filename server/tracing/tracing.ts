import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';

/** Where traces go and how many; see `env.ts`. */
export type TracingOptions = {
  /** The collector's address; `/v1/traces` is added. */
  readonly endpoint: string;
  readonly serviceName: string;
  /** The share of requests that are traced, from 0 to 1, where whoever calls did not decide already. */
  readonly share: number;
};

/**
 * Sends traces to an OpenTelemetry collector (OTLP over HTTP, JSON): a span for each request, one for each question to the
 * database, and Next's own for pages. They hold names of operations and tables, times and statuses; no address, no id of a
 * thing or person, nothing that somebody wrote. A trace that a proxy has begun (`traceparent`) goes on. Ends with `stop`,
 * which sends what waits.
 */
export function startTracing({ endpoint, serviceName, share }: TracingOptions): {
  stop: () => Promise<void>;
} {
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` }),
      }),
    ],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  return {
    async stop() {
      await provider.shutdown();
      trace.disable();
      propagation.disable();
      context.disable();
    },
  };
}
