import { pino } from 'pino';
import { env } from '../env';

/** The level asked for. A wrong environment is told, fault by fault, by whoever starts the program; not while modules load. */
function level(): string {
  try {
    return env().LOG_LEVEL;
  } catch {
    return 'info';
  }
}

/** The process's log, as JSON lines on standard output. It never carries article or note text, secrets or tokens. */
export const log = pino({
  level: level(),
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: ['req.headers', 'token', 'password', 'secret', '*.token', '*.password'],
});
