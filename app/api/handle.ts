import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { env } from '@/env';
import type { Actor } from '@/lib/access/actor';
import type { Grant } from '@/lib/access/grant';
import type { Operation } from '@/lib/api/operation';
import { OPERATIONS, type OperationId } from '@/lib/api/operations';
import { AppError, ERROR_STATUS } from '@/lib/errors';
import { authorize } from '@/server/access/authorize';
import { countDenial } from '@/server/access/denials';
import { findActor, hasCredentials, whyNobody } from '@/server/actor';
import { tellLimits } from '@/server/limits';
import { log } from '@/server/log';
import { observeRequest } from '@/server/metrics/metrics';
import { inRequestSpan, tellAnswer } from '@/server/tracing/span';
import { readBody } from './read-body';
import { storable } from './storable';

type Op<K extends OperationId> = (typeof OPERATIONS)[K];
export type Call<K extends OperationId> = {
  params: z.output<Op<K>['params']>;
  query: z.output<Op<K>['query']>;
  body: z.output<Op<K>['body']>;
  /** The revision named in If-Match. */
  ifMatch: number | null;
  ip: string | null;
  request: Request;
};
type Answer<K extends OperationId> = z.input<Op<K>['answer']>;
type Route = (
  request: Request,
  context: { params: Promise<Record<string, string | string[] | undefined>> },
) => Promise<Response>;

/** A route anybody may call. */
export function publicRoute<K extends OperationId>(
  id: K,
  run: (call: Call<K>) => Promise<Answer<K> | Response>,
): Route {
  return route(id, async (call) => run(call));
}

/** A route for whoever is signed in. */
export function personRoute<K extends OperationId>(
  id: K,
  run: (actor: Actor, call: Call<K>) => Promise<Answer<K> | Response>,
): Route {
  return route(id, async (call, actor) => {
    if (actor === null) throw new Error(`${id} is not an operation of a person`);
    return run(actor, call);
  });
}

/** A route of a project: the gate is asked for the operation's action before the body is read. */
export function projectRoute<K extends OperationId>(
  id: K,
  run: (grant: Grant, call: Call<K>) => Promise<Answer<K> | Response>,
): Route {
  return route(id, async (call, _, grant) => {
    if (grant === null) throw new Error(`${id} is not an operation of a project`);
    return run(grant, call);
  });
}

function route<K extends OperationId>(
  id: K,
  run: (call: Call<K>, actor: Actor | null, grant: Grant | null) => Promise<Answer<K> | Response>,
): Route {
  const operation: Operation = OPERATIONS[id];
  const answerTo: Route = async (request, context) => {
    const requestId = randomUUID();
    try {
      const ip = request.headers.get('x-gloss-ip');
      refuseForeignPages(request, operation, ip);
      const given = (await context.params) ?? {};
      const actor = operation.access === 'public' ? null : await identify(request, operation, ip);
      const params = parse(operation.params, given, 'address', true);
      const grant = actor === null ? null : await admit(actor, operation, params);
      const asked = storable(Object.fromEntries(new URL(request.url).searchParams));
      const query = parse(operation.query, asked, 'query');
      const body = isSafe(operation) ? {} : parse(operation.body, await bodyOf(request, operation), 'body');
      const call = { params, query, body, ifMatch: readIfMatch(request), ip, request } as Call<K>;
      const answer = await run(call, actor, grant);
      if (answer instanceof Response) return answer;
      const headers = new Headers({ 'x-request-id': requestId });
      const revision = (answer as { revision?: unknown }).revision;
      if (typeof revision === 'number') headers.set('etag', `"${revision}"`);
      return Response.json(answer, { status: operation.status, headers });
    } catch (error) {
      return refusal(error, requestId, id);
    }
  };
  return async (request, context) => {
    const began = performance.now();
    const { method, path } = operation;
    const named = { 'http.request.method': method, 'http.route': path, 'gloss.operation': id };
    return inRequestSpan(`${method} ${path}`, named, async (span) => {
      const answer = withHeaders(await tellLimits(() => answerTo(request, context)), operation);
      observeRequest(id, answer.status, (performance.now() - began) / 1_000);
      tellAnswer(span, answer.status);
      return answer;
    });
  };
}

/** Whether a call changes nothing, and so has no body. */
const isSafe = ({ method }: Pick<Operation, 'method'>) => method === 'GET' || method === 'OPTIONS';

function withHeaders(answer: Response, { headers = {} }: Operation): Response {
  for (const [name, value] of Object.entries(headers))
    if (!answer.headers.has(name)) answer.headers.set(name, value);
  // A container tags all that it answers, refusals too (Web Annotation Protocol, section 4.1).
  if (!answer.ok && headers['accept-post'] && !answer.headers.has('etag'))
    answer.headers.set('etag', '"refused"');
  return answer;
}

async function bodyOf(request: Request, { access }: Operation): Promise<unknown> {
  const reads = access === 'source.create' || access === 'source-version.create';
  return storable(await readBody(request), reads ? ['text', 'html', 'corrected'] : []);
}

async function identify(request: Request, operation: Operation, ip: string | null): Promise<Actor> {
  const given = {
    cookie: request.headers.get('cookie'),
    authorization: request.headers.get('authorization'),
    ip,
  };
  const actor = await findActor(given);
  if (actor === null && hasCredentials(given))
    countDenial({ why: 'no proof', actor, ip, action: operation.id });
  if (actor === null) throw new AppError('unauthenticated', await whyNobody(given));
  return actor;
}

/** Asks the gate where the operation is one of a project; elsewhere a token that may only read changes nothing. */
async function admit(actor: Actor, operation: Operation, params: unknown): Promise<Grant | null> {
  const { access, method } = operation;
  if (access !== 'public' && access !== 'signed-in') {
    return authorize(actor, access, (params as { projectId: string }).projectId);
  }
  if (!isSafe({ method }) && !actor.scopes.includes('write')) {
    throw new AppError('forbidden', 'This token may only read.');
  }
  return null;
}

/** A page of another site may not act with a person's cookie; a token is never sent by itself. */
function refuseForeignPages(request: Request, operation: Operation, ip: string | null): void {
  // An empty header is no token: the cookie would count.
  if (isSafe(operation) || request.headers.get('authorization')) return;
  const origin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site');
  if (origin === null && site === null) {
    // No browser: it has to prove itself by a token. Without a cookie there is nothing to act with.
    if (operation.access === 'public' || !request.headers.has('cookie')) return;
    throw new AppError(
      'forbidden',
      'Send a token, or an Origin header, with a request that changes something.',
    );
  }
  const host = request.headers.get('host');
  const own = new Set(
    [env().GLOSS_URL, `http://${host}`, `https://${host}`]
      .filter(Boolean)
      .map((url) => new URL(url as string).origin),
  );
  if ((origin !== null && !own.has(origin)) || (site !== null && site !== 'same-origin')) {
    countDenial({ why: 'another site', actor: null, ip, action: operation.id });
    throw new AppError('forbidden', 'Another site may not act for you here.');
  }
}

function readIfMatch(request: Request): number | null {
  const given = request.headers.get('if-match');
  if (given === null || given === '*') return null;
  const revision = /^(?:W\/)?"(\d{1,9})"$/.exec(given.trim())?.[1];
  if (revision === undefined)
    throw new AppError('invalid', 'If-Match must be the ETag of the object, like "3".');
  return Number(revision);
}

function parse(schema: z.ZodType, given: unknown, where: string, missing = false): unknown {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  // An id that is none can't exist: the same answer as for one that doesn't.
  if (missing) throw new AppError('not-found', 'There is no such project, or you are not a member of it.');
  const [first] = result.error.issues;
  const field = first?.path.join('.') ?? '';
  throw new AppError(
    'invalid',
    `${field ? `${field}: ` : ''}${first?.message ?? 'That is not understood.'}`,
    {
      details: {
        where,
        issues: result.error.issues
          .slice(0, 20)
          .map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
      },
    },
  );
}

function refusal(error: unknown, requestId: string, id: string): Response {
  const known = error instanceof AppError ? error : unexpected(error, requestId, id);
  const headers = new Headers({ 'x-request-id': requestId });
  const retryAfter = known.details?.retryAfter;
  if (typeof retryAfter === 'number') headers.set('retry-after', String(retryAfter));
  const { code, message, details } = known;
  // Where a protocol of others is spoken, its words for a revision that is no more, and for what can't be answered as it is asked.
  const spoken = { 'if-match': 412, accept: 406 }[String(details?.reason)];
  const status = spoken ?? ERROR_STATUS[code];
  return Response.json({ error: { code, message, details, requestId } }, { status, headers });
}

function unexpected(error: unknown, requestId: string, id: string): AppError {
  if (error instanceof Error && error.name === 'AbortError')
    return new AppError('invalid', 'The request was cancelled.');
  log.error({ err: error, requestId, operation: id }, 'a request failed unexpectedly');
  return new AppError(
    'unavailable',
    `Something went wrong here, not with you. Try again; if it stays, tell the operator: ${requestId}.`,
  );
}
