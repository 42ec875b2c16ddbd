import { projectRoute } from '@/app/api/handle';
import { previewSource } from '@/server/sources';

export const POST = projectRoute('source.preview', (grant, { body, request }) =>
  previewSource(grant, body, request.signal),
);
