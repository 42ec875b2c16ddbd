import type { call as Call } from '../ui/http';
import { CallError } from '../ui/http';
import { holds, isCode } from './holds';
import type { Told } from './merge-news';
import type { PassDeed } from './pass-changes';

/** Sends one change of a pass and gives it back as it is then. @throws CallError */
export async function sendPass(deed: PassDeed, projectId: string, call: typeof Call): Promise<Told> {
  const params = { projectId, passId: deed.id };
  if (deed.type === 'pass.restore') return { passes: [await call('pass.restore', { params })] };
  if (deed.type === 'pass.delete') return { passes: [await call('pass.delete', { params })] };
  const now = await call('pass.get', { params });
  if (!holds(now, deed.edit)) {
    if (!holds(now, deed.was))
      throw new CallError('conflict', 'Somebody else has changed this pass since. It stays as it is.');
    try {
      await call('pass.update', { params, body: deed.edit, ifMatch: now.revision });
    } catch (error) {
      if (!isCode(error, 'conflict')) throw error;
      const fresh = await call('pass.get', { params });
      if (!holds(fresh, deed.edit)) throw error;
    }
  }
  const changes = deed.assign.map((one) => ({ ...one, assigned: true }));
  if (changes.length === 0) return { passes: [await call('pass.get', { params })] };
  return { passes: [await call('pass.assign', { params, body: { changes } })] };
}
