import type { z } from 'zod';
import type { OPERATIONS, OperationId } from '@/lib/api/operations';
import { ROUTES } from '@/lib/api/routes';
import type { ErrorCode } from '@/lib/errors';

type Op<K extends OperationId> = (typeof OPERATIONS)[K];
export type Answer<K extends OperationId> = z.output<Op<K>['answer']>;
type Input<K extends OperationId> = {
  params?: z.input<Op<K>['params']>;
  query?: z.input<Op<K>['query']>;
  body?: z.input<Op<K>['body']> | FormData;
  /** The revision the change was made from; a conflict is answered when the object moved on. */
  ifMatch?: number;
  signal?: AbortSignal;
};

/** A refusal by the server, or no answer at all (`offline`). */
export class CallError extends Error {
  readonly code: ErrorCode | 'offline' | 'unexpected';
  readonly details: Record<string, unknown> | undefined;

  constructor(code: CallError['code'], message: string, details?: Record<string, unknown>) {
    super(message);
    this.name = 'CallError';
    this.code = code;
    this.details = details;
  }
}

/** Calls one operation of the public API. @throws CallError with the server's own words. */
export async function call<K extends OperationId>(id: K, input: Input<K> = {}): Promise<Answer<K>> {
  const response = await send(id, input);
  return (
    response.headers.get('content-type')?.includes('json') ? response.json() : response.text()
  ) as Promise<Answer<K>>;
}

async function send<K extends OperationId>(id: K, input: Input<K>): Promise<Response> {
  const route = ROUTES[id];
  const params = (input.params ?? {}) as Record<string, string>;
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries((input.query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined && value !== null) query.set(name, String(value));
  }
  const form = input.body instanceof FormData;
  const headers: Record<string, string> = {};
  if (input.body !== undefined && !form) headers['content-type'] = 'application/json';
  if (input.ifMatch !== undefined) headers['if-match'] = `"${input.ifMatch}"`;
  let response: Response;
  try {
    response = await fetch(query.size > 0 ? `${path}?${query}` : path, {
      method: route.method,
      headers,
      body: form
        ? (input.body as FormData)
        : input.body === undefined
          ? undefined
          : JSON.stringify(input.body),
      signal: input.signal,
      credentials: 'same-origin',
    });
  } catch (cause) {
    if (input.signal?.aborted) throw cause;
    throw new CallError('offline', 'No connection to the server.');
  }
  if (!response.ok) throw await refusal(response);
  return response;
}

/**
 * Downloads what an operation answers as a file, and tells how much has come so far (bytes).
 * @throws CallError with the server's own words; the signal's reason.
 */
export async function download<K extends OperationId>(
  id: K,
  input: Pick<Input<K>, 'params' | 'query'> & { signal: AbortSignal },
  onBytes: (bytes: number) => void,
): Promise<Blob> {
  const response = await send(id, input);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const part = await reader?.read().catch((cause) => {
      if (input.signal.aborted) throw cause;
      throw new CallError('offline', 'The connection was lost before the file was whole. Try again.');
    });
    if (part === undefined || part.done) return new Blob(parts);
    parts.push(part.value);
    bytes += part.value.byteLength;
    onBytes(bytes);
  }
}

async function refusal(response: Response): Promise<CallError> {
  try {
    const { error } = (await response.json()) as {
      error: { code: ErrorCode; message: string; details?: Record<string, unknown> };
    };
    return new CallError(error.code, error.message, error.details);
  } catch {
    // A proxy, or a server that is only starting: the call itself was not judged.
    if (response.status >= 502 && response.status <= 504)
      return new CallError('unavailable', 'The server is not ready. Try again in a moment.');
    return new CallError('unexpected', `The server answered ${response.status}.`);
  }
}
