import type { call as Call } from '../ui/http';
import type { CodeChange } from './code-changes';
import { holds, isCode } from './holds';
import type { Told } from './merge-news';

/** Sends one change of the codebook and gives back the codes as they are then. @throws CallError */
export async function sendCode(
  change: CodeChange,
  from: number,
  projectId: string,
  call: typeof Call,
): Promise<Told> {
  if (change.type === 'code.create') {
    const { id, name, colour, definition, whenToUse, whenNot, parentId } = change.code;
    const body = { id, name, colour, definition, whenToUse, whenNot, parentId };
    return { codes: [await call('code.create', { params: { projectId }, body })] };
  }
  if (change.type === 'code.split') {
    const { id, name, colour, definition } = change.code;
    const body = { id, name, colour, definition, annotationIds: [...change.annotationIds] };
    const params = { projectId, codeId: change.from };
    return { codes: (await call('code.split', { params, body })).items };
  }
  const params = { projectId, codeId: change.id };
  switch (change.type) {
    case 'code.update':
      return { codes: [await sendEdit(change, from, projectId, call)] };
    case 'code.move':
      return { codes: [await call('code.move', { params, body: change.move })] };
    case 'code.delete':
      return { codes: [await call('code.delete', { params })] };
    case 'code.merge':
      return { codes: (await call('code.merge', { params, body: { into: change.into } })).items };
    case 'code.restore':
      return { codes: (await call('code.restore', { params })).items };
    case 'code.unsplit':
      return { codes: (await call('code.unsplit', { params })).items };
  }
}

/** A change whose answer was lost comes back as a conflict with ourselves. */
async function sendEdit(
  { id, edit }: Extract<CodeChange, { type: 'code.update' }>,
  from: number,
  projectId: string,
  call: typeof Call,
) {
  const params = { projectId, codeId: id };
  try {
    return await call('code.update', { params, body: edit, ifMatch: from || undefined });
  } catch (error) {
    if (!isCode(error, 'conflict')) throw error;
    const { items } = await call('code.list', { params: { projectId } });
    const fresh = items.find((code) => code.id === id);
    if (fresh === undefined || !holds(fresh, edit)) throw error;
    return fresh;
  }
}
