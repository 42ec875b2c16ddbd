import { existsSync } from 'node:fs';
import path from 'node:path';
import { env } from '../../env';
import { type AgreementJob, agreementOf } from '../../lib/agreement/agreement-of';
import type { AgreementOf } from '../../lib/agreement/answer';
import { finish } from '../../lib/agreement/bootstrap';
import { AppError } from '../../lib/errors';
import { inWorker } from '../sources/in-worker';
import { createSlots } from '../sources/slots';

const slots = createSlots(1, 32);
/** Time for the largest passes, in ms: gamma alone may take seconds. */
const TIME = 120_000;

function tooHard(cause?: unknown): AppError {
  return new AppError(
    'unavailable',
    'Computing agreement took too long or too much memory. Choose one source or one code, or try again later.',
    { cause, details: { reason: 'too-hard' } },
  );
}

/**
 * Computes agreement in a thread of its own, so that nobody's keystrokes wait for it; one at a time in this process.
 * @throws AppError `unavailable` when time or memory run out, or too many wait.
 */
export function runAgreement(job: AgreementJob): Promise<AgreementOf> {
  const file = path.join(process.cwd(), 'dist', 'agreement-worker.mjs');
  return slots(async () => {
    if (existsSync(file)) return inWorker(file, job, { timeoutMs: TIME, maxMegabytes: 768, tooHard });
    if (env().NODE_ENV === 'production')
      throw new Error('The worker for agreement is not built. Run npm run build.');
    return finish(agreementOf(job));
  });
}
