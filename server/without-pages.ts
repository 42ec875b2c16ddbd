import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '../lib/errors';
import { checkReady } from './ready';

/**
 * Answers plain requests in a process that serves sockets only: whether it lives and is ready, that a socket's path
 * wants an upgrade, and nothing else.
 */
export async function answerWithoutPages(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [path = ''] = (request.url ?? '').split('?');
  const reading = request.method === 'GET' || request.method === 'HEAD';
  if (reading && path === '/api/health') return answer(response, 200, { status: 'ok' });
  if (reading && path === '/api/ready') return answerReady(response);
  if (/^\/(live|sync)\//.test(path)) {
    response.setHeader('Upgrade', 'websocket');
    return answer(response, 426, refusal('unsupported', 'Open a websocket here.'));
  }
  answer(response, 404, refusal('not-found', 'This process serves sockets only.'));
}

async function answerReady(response: ServerResponse): Promise<void> {
  try {
    await checkReady();
    answer(response, 200, { status: 'ready' });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    answer(response, 503, refusal(error.code, error.message));
  }
}

const refusal = (code: string, message: string) => ({ error: { code, message } });

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
