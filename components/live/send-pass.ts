import type { call as Call } from '../ui/http';
import { CallError } from '../ui/http';
import { holds, isCode } from './holds';
import type { Told } from './merge-news';
import type { PassDeed } from './pass-changes';

/** Others, or this page by calls of its own, may change the same pass again and again; then it is read again. */
const TRIES = 5;

/** Sends one change of a pass and gives it back as it is then. @throws CallError */
export async function sendPass(deed: PassDeed, projectId: string, call: typeof Call): Promise<Told> {
  const params = { projectId, passId: deed.id };
  if (deed.type === 'pass.restore') return { passes: [await call('pass.restore', { params })] };
  if (deed.type === 'pass.delete') return { passes: [await call('pass.delete', { params })] };
  for (let tries = 1; ; tries += 1) {
    const now = await call('pass.get', { params });
    if (holds(now, deed.edit)) break;
    if (!holds(now, deed.was))
      throw new CallError('conflict', 'Somebody else has changed this pass since. It stays as it is.');
    try {
      await call('pass.update', { params, body: deed.edit, ifMatch: now.revision });
      break;
    } catch (error) {
      // Something else of it was changed meanwhile: its coders, say.
      if (!isCode(error, 'conflict') || tries === TRIES) throw error;
    }
  }
  const changes = deed.assign.map((one) => ({ ...one, assigned: true }));
  if (changes.length === 0) return { passes: [await call('pass.get', { params })] };
  return { passes: [await call('pass.assign', { params, body: { changes } })] };
}
