import { AppError } from '../../lib/errors';

const PASTE = 'Open it in your browser and paste its text instead.';

/**
 * What a refusing status of a site means to the person who wants its page.
 * @param retryAfterMs how long the site asks to wait, `null` when it does not say; seconds in the details.
 */
export function statusFault(status: number, retryAfterMs: number | null = null): AppError {
  const patience = retryAfterMs === null ? {} : { retryAfter: Math.ceil(retryAfterMs / 1_000) };
  const details = { reason: 'status', status, ...patience };
  if (status === 401 || status === 402 || status === 403 || status === 407 || status === 451)
    return new AppError(
      'invalid',
      `The site wants a login or does not let programs in (it answered ${status}). Open the page in your browser and paste its text instead.`,
      { details: { ...details, reason: 'login' } },
    );
  if (status === 404 || status === 410)
    return new AppError(
      'invalid',
      `There is no page at this address (the site answered ${status}). Check it for typing mistakes.`,
      {
        details,
      },
    );
  if (status === 429)
    return new AppError(
      'unavailable',
      `The site asks to slow down (it answered 429). Try again later, or paste the text.`,
      {
        details,
      },
    );
  if (status >= 500)
    return new AppError(
      'unavailable',
      `The site has a fault of its own (it answered ${status}). Try again later, or paste the text.`,
      {
        details,
      },
    );
  return new AppError('invalid', `The site did not give the page (it answered ${status}). ${PASTE}`, {
    details,
  });
}

function unavailable(message: string, reason: string, cause: unknown): AppError {
  return new AppError('unavailable', message, { cause, details: { reason } });
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

/** Turns whatever broke off a fetch into a fault that says what happened and what to do. */
export function asFetchFault(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const code = codeOf(error);
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  if (name === 'TimeoutError' || name === 'ConnectTimeoutError' || /TIMEOUT|ETIMEDOUT/.test(code))
    return unavailable(
      `The site took too long to answer. Try again, or paste the text instead.`,
      'timeout',
      error,
    );
  if (code === 'UND_ERR_HEADERS_OVERFLOW' || code === 'HPE_HEADER_OVERFLOW')
    return new AppError('invalid', `The site's answer has too large a head to be read. ${PASTE}`, {
      cause: error,
      details: { reason: 'headers' },
    });
  if (code.startsWith('HPE_') || code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH')
    return unavailable(`The site's answer is not proper HTTP. ${PASTE}`, 'protocol', error);
  if (/CERT|SELF_SIGNED|ERR_TLS|ERR_SSL|UNABLE_TO|EPROTO/.test(code))
    return unavailable(`No safe connection to the site could be made (${code}). ${PASTE}`, 'tls', error);
  if (
    /^(?:ECONN|EHOST|ENET|EPIPE|EAI_|ENOTFOUND|EADDR|UND_ERR_|Z_|ERR_STREAM)/.test(code) ||
    error instanceof AggregateError
  )
    return unavailable(
      `The connection to the site failed (${code || 'no route'}). Try again, or paste the text instead.`,
      'connection',
      error,
    );
  return error;
}
