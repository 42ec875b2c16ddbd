import './test-environment';
import { join } from 'node:path';
import { setDatabase } from '@/db/client';
import { insertMember } from '@/db/members';
import { createSession, createUser } from '@/db/people';
import { insertProject, insertTeam } from '@/db/projects';
import type { Actor, Scope } from '@/lib/access/actor';
import type { Grant } from '@/lib/access/grant';
import type { Role } from '@/lib/access/roles';
import { OPERATIONS, type OperationId } from '@/lib/api/operations';
import type { Event } from '@/lib/events/event';
import { newId } from '@/lib/new-id';
import type { Source } from '@/lib/sources/source';
import { issueToken } from '@/server/people';
import { hashToken, newToken } from '@/server/secret';
import { storeSource } from '@/server/sources';
import { articleFromPdf } from '@/server/sources/read-pdf';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { ROOT } from '@/tests/support/source-files';
import { pdfFile } from './pdf-files';

/** The address that the pages of the instance under test have. */
export const ORIGIN = 'http://gloss.test';

/** Somebody with an account and an open session, as the tests act for them. */
export type Person = {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly sessionId: string;
  /** The value of the session cookie. */
  readonly cookie: string;
};

/** What a request brings to prove who sends it. */
export type Credentials = { cookie?: string; token?: string; origin?: string | null };

/** A database of its own, as the one this process serves. */
export async function openInstance(): Promise<TestDatabase> {
  const opened = await testDatabase();
  setDatabase(opened.db, opened.connection);
  return opened;
}

/** Adds a person with an open session. */
export async function addPerson({ db }: TestDatabase, name: string): Promise<Person> {
  const userId = newId();
  const email = `${name.toLowerCase()}-${userId}@example.org`;
  await createUser(db, { id: userId, email, name });
  return { userId, name, email, ...(await openSession(db, userId)) };
}

/** Opens one more session of a person. */
export async function openSession(db: TestDatabase['db'], userId: string) {
  const cookie = newToken();
  const sessionId = newId();
  const expires = new Date(Date.now() + 86_400_000);
  await createSession(db, { id: sessionId, userId, tokenHash: hashToken(cookie), expires });
  return { sessionId, cookie };
}

/** An API token of a person. */
export async function tokenOf(person: Person, scopes: Scope[] = ['read', 'write']): Promise<string> {
  return (await issueToken(person.userId, { name: 'test', scopes })).token;
}

/** The Grant the gate would make; for what a test lays out before it knocks at a door. */
export function grantOf(person: Person, projectId: string, role: Role = 'owner'): Grant {
  const { userId, name, email, sessionId } = person;
  const actor: Actor = {
    userId,
    name,
    email,
    via: { kind: 'session', id: sessionId },
    scopes: ['read', 'write'],
    ip: null,
  };
  return { projectId, actor, role } as Grant;
}

/** A project of an owner, with members. */
export async function addProject(
  { db }: TestDatabase,
  owner: Person,
  members: Partial<Record<Role, Person>> = {},
): Promise<string> {
  const [teamId, projectId] = [newId(), newId()];
  await insertTeam(db, owner, { id: teamId, name: 'Desk' });
  await insertProject(db, owner, { id: projectId, teamId, name: 'Story' });
  for (const [role, member] of Object.entries(members)) {
    await insertMember(db, { projectId }, member.userId, role as Role);
  }
  return projectId;
}

export const TEXT =
  'The watchdog wrote a draft report. “We found no records,” the auditor said. The ministry denied it.\n\nThe watchdog will publish in May.';

/** A source with TEXT, and the note that stands beside it. */
export async function addSource(grant: Grant, text = TEXT): Promise<Source> {
  return storeSource(grant, {
    title: 'A draft report',
    byline: null,
    siteName: null,
    publishedAt: null,
    language: 'en',
    canonicalUrl: null,
    url: null,
    html: `<p>${text}</p>`,
    text,
  });
}

/** A source that was read from a PDF of one page, which is kept. */
export async function addPdf(grant: Grant): Promise<Source> {
  const text = 'The harbour was closed on a Tuesday.';
  const pdf = pdfFile({ pages: [{ texts: [{ x: 60, y: 100, text }] }] });
  return storeSource(grant, { ...(await articleFromPdf(pdf, 'Harbour')), url: null, pdf });
}

/** A source with TEXT that came from a web page. */
export async function addPage(grant: Grant, url = 'https://example.org/article'): Promise<Source> {
  return storeSource(grant, {
    title: 'A draft report',
    byline: null,
    siteName: null,
    publishedAt: null,
    language: 'en',
    canonicalUrl: null,
    url,
    html: `<p>${TEXT}</p>`,
    text: TEXT,
  });
}

/** The id of what an event is about. */
export function subjectIdOf({ happening: { subject } }: Event): string {
  return 'id' in subject ? subject.id : subject.userId;
}

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

/** The handler of an operation: the route file at its path, called as Next calls it. */
export async function handlerOf(id: OperationId): Promise<Handler> {
  const { method, path } = OPERATIONS[id];
  const file = join(ROOT, 'app', path.replaceAll('{', '[').replaceAll('}', ']'), 'route.ts');
  const route = (await import(/* @vite-ignore */ file)) as Record<string, Handler>;
  const handler = route[method];
  if (handler === undefined) throw new Error(`${file} has no ${method}`);
  return handler;
}

export type Call = {
  params?: Record<string, string>;
  query?: Record<string, string | number>;
  /** Sent as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
};

/** The headers that carry somebody's proof; a browser with a session says where the page is from. */
export function headersOf(credentials: Credentials | null): Record<string, string> {
  const { cookie, token, origin = ORIGIN } = credentials ?? {};
  return {
    host: new URL(ORIGIN).host,
    ...(origin === null ? {} : { origin }),
    ...(cookie === undefined ? {} : { cookie: `gloss-session=${cookie}` }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
}

/** Calls an operation in this process, by HTTP's own objects. */
export async function call(
  id: OperationId,
  credentials: Credentials | null,
  { params = {}, query = {}, body, headers = {} }: Call = {},
): Promise<Response> {
  const { method, path } = OPERATIONS[id];
  const url = new URL(
    path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? ''),
    ORIGIN,
  );
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
  const form = body instanceof FormData ? body : null;
  const json = method === 'GET' || body === undefined || form !== null ? null : JSON.stringify(body);
  const request = new Request(url, {
    method,
    headers: {
      ...headersOf(credentials),
      ...(json === null ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body: form ?? json,
  });
  return (await handlerOf(id))(request, { params: Promise.resolve(params) });
}

/** Calls an operation that must succeed, and answers its JSON. */
export async function ask<T = Record<string, unknown>>(
  id: OperationId,
  credentials: Credentials | null,
  given: Call = {},
): Promise<T> {
  const response = await call(id, credentials, given);
  if (!response.ok) throw new Error(`${id} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}
