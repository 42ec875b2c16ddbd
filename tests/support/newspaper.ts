import type { IncomingMessage, ServerResponse } from 'node:http';
import { setEnv } from '@/env';
import type { Annotation } from '@/lib/annotations/annotation';
import type { Event } from '@/lib/events/event';
import type { Source } from '@/lib/sources/source';
import type { SourceVersion } from '@/lib/sources/version';
import type { SourceWatch } from '@/lib/sources/watch';
import { ask, type Call, type Person } from './instance';
import { type Site, startSite } from './sites';
import type { Page } from './versioned-source';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A site whose pages a test edits; it keeps what it was asked. */
export type Newspaper = Site & {
  readonly requests: { path: string; headers: IncomingMessage['headers'] }[];
  /** The paths that were asked, robots.txt left out. */
  asked(): string[];
  /** Puts a page up, or another in its place. */
  publish(path: string, answer: Answer | string): void;
  robots: Answer | null;
  url(path: string): string;
};

/** A page with this text as its article. */
export function pageOf(text: string): string {
  const paragraphs = text.split('\n\n').map((one) => `<p>${one}</p>`);
  return `<!doctype html><html lang="en"><title>Report</title><article><h1>Report</h1>${paragraphs.join('')}</article>`;
}

/** Answers a page with an entity tag, and 304 to whoever has it. */
export function tagged(text: string, etag: string): Answer {
  return (request, response) => {
    response.setHeader('etag', etag).setHeader('content-type', 'text/html; charset=utf-8');
    if (request.headers['if-none-match'] === etag) response.writeHead(304).end();
    else response.end(pageOf(text));
  };
}

/** Opens a newspaper on loopback; the importer may reach those that are named to it by `allow`. */
export async function openNewspaper(): Promise<Newspaper> {
  const pages = new Map<string, Answer>();
  const requests: Newspaper['requests'] = [];
  const site = await startSite((request, response) => {
    const path = request.url ?? '/';
    requests.push({ path, headers: request.headers });
    const answer = path === '/robots.txt' ? paper.robots : pages.get(path);
    if (answer) answer(request, response);
    else response.writeHead(404).end('No such page.');
  });
  const paper: Newspaper = {
    ...site,
    requests,
    robots: null,
    asked: () => requests.map(({ path }) => path).filter((path) => path !== '/robots.txt'),
    url: (path) => `http://${site.host}${path}`,
    publish(path, answer) {
      const page: Answer = (_, response) =>
        response.setHeader('content-type', 'text/html; charset=utf-8').end(pageOf(answer as string));
      pages.set(path, typeof answer === 'string' ? page : answer);
    },
  };
  return paper;
}

/** Lets the importer reach these newspapers, and nothing else on this machine. */
export function allow(...papers: Newspaper[]): void {
  setEnv({ GLOSS_TEST_IMPORT_HOSTS: papers.map(({ host }) => host).join() });
}

/** A source that came from a newspaper's page, and what a test does with it through the API. */
export async function fromPage(projectId: string, owner: Person, url: string, more: object = {}) {
  const inside = (given: Call = {}): Call => ({ ...given, params: { projectId, ...given.params } });
  const source = await ask<Source>('source.create', owner, inside({ body: { url, ...more } }));
  const params = { sourceId: source.id };
  return {
    projectId,
    source,
    inside,
    params,
    mark: (exact: string, by: Person) =>
      ask<Annotation>(
        'annotation.create',
        by,
        inside({
          body: {
            sourceId: source.id,
            motivation: 'quoting',
            selector: [{ type: 'TextQuoteSelector', exact }],
          },
        }),
      ),
    watch: (every: string, by = owner) =>
      ask<SourceWatch>('source-watch.set', by, inside({ params, body: { every } })),
    watched: () => ask<SourceWatch>('source-watch.get', owner, inside({ params })),
    make: (body: object, by = owner) => ask('source-version.create', by, inside({ params, body })),
    versions: async () =>
      (await ask<Page<SourceVersion>>('source-version.list', owner, inside({ params }))).items,
    events: async () =>
      (await ask<Page<Event>>('event.list', owner, inside({ query: { limit: 500 } }))).items,
  };
}
