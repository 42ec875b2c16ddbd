import { pino } from 'pino';
import { env } from '../env';

/** The process's log, as JSON lines on standard output. It never carries article or note text, secrets or tokens. */
export const log = pino({
  level: env().LOG_LEVEL,
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: ['req.headers', 'token', 'password', 'secret', '*.token', '*.password'],
});
