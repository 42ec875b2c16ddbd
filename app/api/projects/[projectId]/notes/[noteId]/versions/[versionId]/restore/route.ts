import { projectRoute } from '@/app/api/handle';
import { restoreVersion } from '@/server/note-versions/restore-version';

export const POST = projectRoute('note-version.restore', (grant, { params }) =>
  restoreVersion(grant, params.noteId, params.versionId),
);
