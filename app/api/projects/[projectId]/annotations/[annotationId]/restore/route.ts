import { projectRoute } from '@/app/api/handle';
import { restoreAnnotation } from '@/server/annotations';

export const POST = projectRoute('annotation.restore', (grant, { params }) =>
  restoreAnnotation(grant, params.annotationId),
);
