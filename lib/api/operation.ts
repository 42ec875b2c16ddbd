import { z } from 'zod';
import type { Action } from '../access/roles';
import { Id } from '../ids';

/** Who may call: anybody, anybody signed in, or a member whose role allows the action in the project of the path. */
export type Access = 'public' | 'signed-in' | Action;

/** One call of the public contract. Requests are parsed, answers described and the OpenAPI document made from this. */
export type Operation<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  A extends z.ZodType = z.ZodType,
> = {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  /** With `{name}` for each path parameter; the route file stands at the same path with `[name]`. */
  readonly path: string;
  readonly access: Access;
  readonly summary: string;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly answer: A;
  readonly status: number;
  /** Whether `If-Match` with the ETag of the object is honoured (409 when it changed meanwhile). */
  readonly ifMatch: boolean;
  /** What every answer says, refusals too, unless the route says otherwise. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What the body or answer is when it is not JSON. */
  readonly bodyType?: 'multipart/form-data';
  readonly answerType?:
    | 'application/ld+json'
    | 'application/octet-stream'
    | 'application/pdf'
    | 'text/csv'
    | 'text/html'
    | 'text/plain';
};

export const Nothing = z.object({});
type Given<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType> = Pick<
  Operation<P, Q, B, A>,
  'id' | 'method' | 'path' | 'access' | 'summary' | 'answer'
> &
  Partial<Operation<P, Q, B, A>>;

/** Fills in what an operation leaves out: no parameters, no query, no body, status 200. */
export function operation<
  A extends z.ZodType,
  P extends z.ZodType = typeof Nothing,
  Q extends z.ZodType = typeof Nothing,
  B extends z.ZodType = typeof Nothing,
>(given: Given<P, Q, B, A>): Operation<P, Q, B, A> {
  return {
    status: 200,
    ifMatch: false,
    params: Nothing as unknown as P,
    query: Nothing as unknown as Q,
    body: Nothing as unknown as B,
    ...given,
  };
}

/** A page of a list; `nextCursor` is null on the last one. */
export function page<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  /** The id that the last page ended with. */
  cursor: Id.optional(),
});

/** The shape of every refusal. */
export const ErrorAnswer = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z.record(z.string(), z.unknown()).optional(),
    requestId: z.string(),
  }),
});
