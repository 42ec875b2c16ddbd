import { projectRoute } from '@/app/api/handle';
import { createVersion } from '@/server/note-versions/name-version';
import { listVersions } from '@/server/note-versions/read-versions';

export const GET = projectRoute('note-version.list', (grant, { params, query }) =>
  listVersions(grant, params.noteId, query),
);
export const POST = projectRoute('note-version.create', (grant, { params, body }) =>
  createVersion(grant, params.noteId, body),
);
