import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '@/lib/errors';
import {
  type FetchOptions,
  fetchIfChanged,
  fetchPage,
  fetchTextFile,
  readTestHosts,
} from '@/server/sources/fetch-page';
import { type Site, startRawSite, startSite } from '../../support/sites';

const PAGE = '<!doctype html><title>A page</title><p>Hello';
const MAX_BYTES = 200_000;
/** For what never ends; everything else has the time that it has in earnest. */
const SHORT = { headersMs: 400, totalMs: 1_200 };

/** A thousand times larger than it looks. */
const BOMB = gzipSync(Buffer.alloc(60_000_000, 'a'));

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const html = (response: ServerResponse, type = 'text/html; charset=utf-8') =>
  response.setHeader('content-type', type);

const requests: IncomingMessage[] = [];
const answers: Record<string, Answer> = {
  '/page': (_request, response) => {
    html(response);
    response.end(PAGE);
  },
  '/gzip': (_request, response) => {
    html(response);
    response.setHeader('content-encoding', 'gzip');
    response.end(gzipSync(PAGE));
  },
  '/bomb': (_request, response) => {
    html(response);
    response.setHeader('content-encoding', 'gzip');
    response.end(BOMB);
  },
  '/broken-gzip': (_request, response) => {
    html(response);
    response.setHeader('content-encoding', 'gzip');
    response.end('this is not gzip');
  },
  '/brotli': (_request, response) => {
    html(response);
    response.setHeader('content-encoding', 'br');
    response.end('whatever');
  },
  '/chain': (_request, response) => {
    html(response);
    response.setHeader('content-encoding', 'gzip, gzip');
    response.end(gzipSync(gzipSync(PAGE)));
  },
  '/endless': (_request, response) => {
    html(response);
    const chunk = Buffer.alloc(16_384, 'a');
    const more = () => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', more);
    more();
  },
  '/drip': (_request, response) => {
    html(response);
    const drip = setInterval(() => response.write('a'), 20);
    response.on('close', () => clearInterval(drip));
  },
  '/silent': () => undefined,
  '/short': (_request, response) => {
    html(response);
    response.setHeader('content-length', '500');
    response.write(PAGE);
    response.socket?.end();
  },
  '/loop': (_request, response) => {
    response.writeHead(302, { location: '/loop' }).end();
  },
  '/huge-header': (_request, response) => {
    html(response);
    response.setHeader('x-huge', 'a'.repeat(1_000_000));
    response.end(PAGE);
  },
  '/cookie': (_request, response) => {
    response.writeHead(302, { location: '/page', 'set-cookie': 'session=1; Path=/' }).end();
  },
  '/pdf': (_request, response) => {
    html(response, 'application/pdf');
    response.end(Buffer.from([0x25, 0x50, 0x44, 0x46, 0x00, 0xff]));
  },
  '/x-pdf': (_request, response) => {
    html(response, 'application/x-pdf');
    response.end(Buffer.from([0x25, 0x50, 0x44, 0x46, 0x00, 0xff]));
  },
  '/zip': (_request, response) => {
    html(response, 'application/zip');
    response.end('PK');
  },
  '/no-type': (_request, response) => {
    response.end(PAGE);
  },
  '/text': (_request, response) => {
    html(response, 'text/plain');
    response.end('A line\nand <b>another</b>');
  },
  '/latin': (_request, response) => {
    html(response, 'text/html; charset=ISO-8859-1');
    response.end(Buffer.from('<p>caf\xe9 \x80', 'latin1'));
  },
  '/gbk': (_request, response) => {
    html(response, 'text/html');
    response.end(
      Buffer.concat([Buffer.from('<meta charset=gb2312><p>'), Buffer.from([0xd6, 0xd0, 0xce, 0xc4])]),
    );
  },
  '/to-unicode': (_request, response) => {
    response.writeHead(301, { location: Buffer.from('/café').toString('latin1') }).end();
  },
  '/caf%C3%A9': (_request, response) => {
    html(response);
    response.end(PAGE);
  },
};
answers['/tagged'] = (request, response) => {
  html(response);
  response.setHeader('etag', '"v1"');
  if (request.headers['if-none-match'] === '"v1"') response.writeHead(304).end();
  else response.end(PAGE);
};
answers['/to-tagged'] = (_request, response) => {
  response.writeHead(302, { location: '/tagged' }).end();
};
answers['/304'] = (_request, response) => {
  response.writeHead(304).end();
};
answers['/later'] = (_request, response) => {
  response.writeHead(503, { 'retry-after': '120' }).end('Later.');
};
answers['/robots.txt'] = (_request, response) => {
  response.setHeader('content-encoding', 'gzip');
  response.end(gzipSync(`User-agent: *\n${'#'.repeat(300_000)}`));
};
for (const status of [401, 402, 403, 404, 410, 418, 429, 451, 500, 503])
  answers[`/${status}`] = (_request, response) => {
    response.writeHead(status, { 'content-type': 'text/html' }).end('No.');
  };

let site: Site;
let raw: Site;
beforeAll(async () => {
  site = await startSite((request, response) => {
    requests.push(request);
    const answer = answers[request.url ?? ''];
    if (answer === undefined) throw new Error(`No answer for ${request.url}`);
    answer(request, response);
  });
  raw = await startRawSite((socket) => {
    socket.write(
      'HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 5\r\n\r\n<p>Hello, and much more than was said',
    );
  });
});
afterAll(async () => {
  await Promise.all([site.close(), raw.close()]);
});

const get = (path: string, options: FetchOptions = {}) =>
  fetchPage(`http://${site.host}${path}`, { maxBytes: MAX_BYTES, testHosts: [site.host], ...options });

async function faultOf(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => new Error('It was fetched'),
    (fault: unknown) => fault,
  );
  expect(error).toBeInstanceOf(AppError);
  return error as AppError;
}

describe('fetchPage', () => {
  it('gives the page, where it stood and how it got there', async () => {
    expect(await get('/cookie')).toEqual({
      url: `http://${site.host}/page`,
      html: PAGE,
      headers: { 'content-type': 'text/html; charset=utf-8', date: expect.any(String) },
      contentType: 'text/html',
      hops: [`http://${site.host}/cookie`, `http://${site.host}/page`],
      refreshTo: null,
    });
  });

  it('sends no cookie, no login and no referrer, and asks for plain or gzip bytes only', async () => {
    requests.length = 0;
    await get('/cookie');
    expect(requests).toHaveLength(2);
    for (const { headers } of requests) {
      expect(headers.cookie).toBeUndefined();
      expect(headers.authorization).toBeUndefined();
      expect(headers.referer).toBeUndefined();
      expect(headers['accept-encoding']).toBe('gzip, identity');
    }
  });

  it('inflates gzip', async () => {
    expect((await get('/gzip')).html).toBe(PAGE);
  });

  it('reads plain text as it is', async () => {
    expect(await get('/text')).toMatchObject({
      html: 'A line\nand <b>another</b>',
      contentType: 'text/plain',
    });
  });

  it('takes a PDF as the bytes it is, under either of its names', async () => {
    for (const path of ['/pdf', '/x-pdf'])
      expect(await get(path)).toMatchObject({
        contentType: 'application/pdf',
        html: '',
        pdf: Buffer.from([0x25, 0x50, 0x44, 0x46, 0x00, 0xff]),
      });
  });

  it('decodes by the label of the content type, or else by the declaration in the page', async () => {
    expect((await get('/latin')).html).toBe('<p>café €');
    expect((await get('/gbk')).html).toContain('中文');
  });

  it('follows a redirect whose address is written in UTF-8', async () => {
    expect((await get('/to-unicode')).url).toBe(`http://${site.host}/caf%C3%A9`);
  });

  it.each([
    ['/bomb', 'too-large', 'larger than 195 kB'],
    ['/endless', 'too-large', 'larger than 195 kB'],
    ['/drip', 'unavailable', 'took too long'],
    ['/silent', 'unavailable', 'took too long'],
    ['/short', 'unavailable', 'connection to the site failed'],
    ['/broken-gzip', 'unavailable', 'connection to the site failed'],
    ['/brotli', 'unsupported', 'packs its answer'],
    ['/chain', 'unsupported', 'packs its answer'],
    ['/loop', 'invalid', 'redirected more than 5 times'],
    ['/huge-header', 'invalid', 'too large a head'],
    ['/zip', 'unsupported', 'application/zip'],
    ['/no-type', 'unsupported', 'gives no kind'],
    ['/401', 'invalid', 'wants a login'],
    ['/402', 'invalid', 'wants a login'],
    ['/403', 'invalid', 'paste its text'],
    ['/451', 'invalid', 'wants a login'],
    ['/404', 'invalid', 'no page at this address'],
    ['/410', 'invalid', 'no page at this address'],
    ['/418', 'invalid', 'answered 418'],
    ['/429', 'unavailable', 'slow down'],
    ['/500', 'unavailable', 'fault of its own'],
    ['/503', 'unavailable', 'fault of its own'],
  ])('refuses %s as %s and says so: %s', async (path, code, words) => {
    const fault = await faultOf(get(path, path === '/drip' || path === '/silent' ? SHORT : {}));
    expect(fault).toMatchObject({ code });
    expect(fault.message).toContain(words);
  });

  it('asks each address of a redirect loop once more only up to the limit', async () => {
    requests.length = 0;
    await faultOf(get('/loop', { maxRedirects: 3 }));
    expect(requests).toHaveLength(4);
  });

  it('takes no more of an answer than it announced', async () => {
    const page = fetchPage(`http://${raw.host}/`, { testHosts: [raw.host] });
    expect((await page).html).toBe('<p>He');
  });

  it('says so when nobody listens at the address', async () => {
    const gone = await startSite(() => undefined);
    await gone.close();
    const fault = await faultOf(fetchPage(`http://${gone.host}/`, { testHosts: [gone.host] }));
    expect(fault).toMatchObject({ code: 'unavailable', details: { reason: 'connection' } });
  });

  it('stops when the signal aborts, before, during the look-up, before headers and within the body', async () => {
    const reason = new DOMException('Cancelled by the person', 'AbortError');
    await expect(get('/page', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    for (const path of ['/silent', '/drip']) {
      const cancel = new AbortController();
      const work = get(path, { signal: cancel.signal, headersMs: 10_000, totalMs: 10_000 });
      await expect.poll(() => requests.at(-1)?.url).toBe(path);
      cancel.abort(reason);
      await expect(work).rejects.toBe(reason);
    }
    const cancel = new AbortController();
    const work = fetchPage('http://example.com/', {
      signal: cancel.signal,
      resolve: () => {
        cancel.abort(reason);
        return new Promise(() => undefined);
      },
    });
    await expect(work).rejects.toBe(reason);
  });

  it('does not wait for a resolver that never answers', async () => {
    const fault = await faultOf(
      fetchPage('http://example.com/', {
        totalMs: 200,
        resolve: () => new Promise(() => undefined),
      }),
    );
    expect(fault).toMatchObject({ code: 'unavailable', details: { reason: 'timeout' } });
  });
});

describe('readTestHosts', () => {
  it('reads a list with commas, and nothing from nothing', () => {
    expect(readTestHosts(' 127.0.0.1:4001, LOCALHOST:4002 ,')).toEqual(['127.0.0.1:4001', 'localhost:4002']);
    expect(readTestHosts(undefined)).toEqual([]);
  });
});

describe('fetchIfChanged', () => {
  const asked = (path: string, etag: string | null, at = '/tagged', options: FetchOptions = {}) =>
    fetchIfChanged(
      `http://${site.host}${path}`,
      etag === null
        ? null
        : { url: `http://${site.host}${at}`, etag, lastModified: 'Thu, 26 Nov 2026 12:00:00 GMT' },
      { testHosts: [site.host], ...options },
    );

  it('gives nothing when the site says that the page is the one that was fetched, also behind a redirect', async () => {
    requests.length = 0;
    expect(await asked('/tagged', '"v1"')).toBeNull();
    expect(requests[0]?.headers).toMatchObject({
      'if-none-match': '"v1"',
      'if-modified-since': 'Thu, 26 Nov 2026 12:00:00 GMT',
    });
    expect(await asked('/to-tagged', '"v1"')).toBeNull();
  });

  it('gives the page when it is another, and tells no other address what it knows of this one', async () => {
    expect((await asked('/tagged', '"v0"'))?.html).toBe(PAGE);
    expect((await asked('/tagged', null))?.html).toBe(PAGE);
    requests.length = 0;
    expect((await asked('/to-tagged', '"v1"', '/to-tagged'))?.html).toBe(PAGE);
    expect(requests.map(({ headers }) => headers['if-none-match'])).toEqual(['"v1"', undefined]);
  });

  it('takes no "not modified" from an address that was not asked for that', async () => {
    expect((await faultOf(asked('/304', '"v1"'))).message).toContain('answered 304');
  });

  it('says what it is for, and asks before each address', async () => {
    requests.length = 0;
    const seen: string[] = [];
    const beforeHop = async (url: URL) => {
      seen.push(url.pathname);
      if (url.pathname === '/tagged') throw new AppError('invalid', 'No further.');
    };
    const fault = await faultOf(asked('/to-tagged', null, '/tagged', { purpose: 'source watch', beforeHop }));
    expect(fault.message).toBe('No further.');
    expect(seen).toEqual(['/to-tagged', '/tagged']);
    expect(requests.map(({ headers }) => headers['user-agent'])).toEqual([
      'Mozilla/5.0 (compatible; Gloss; source watch)',
    ]);
  });
});

describe('A site that asks for patience', () => {
  it('is quoted in the fault, in seconds', async () => {
    expect((await faultOf(get('/later'))).details).toMatchObject({ status: 503, retryAfter: 120 });
    expect((await faultOf(get('/503'))).details).not.toHaveProperty('retryAfter');
  });
});

describe('fetchTextFile', () => {
  it('gives the first bytes of a file that the site calls nothing', async () => {
    const text = await fetchTextFile(`http://${site.host}/robots.txt`, {
      testHosts: [site.host],
      maxBytes: 1_000,
    });
    expect(text).toHaveLength(1_000);
    expect(text.startsWith('User-agent: *\n#')).toBe(true);
  });
});
