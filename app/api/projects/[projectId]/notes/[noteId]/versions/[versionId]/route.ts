import { projectRoute } from '@/app/api/handle';
import { updateVersion } from '@/server/note-versions/name-version';
import { getVersion } from '@/server/note-versions/read-versions';

export const GET = projectRoute('note-version.get', (grant, { params }) =>
  getVersion(grant, params.noteId, params.versionId),
);
export const PATCH = projectRoute('note-version.update', (grant, { params, body }) =>
  updateVersion(grant, params.noteId, params.versionId, body),
);
