import { projectRoute } from '@/app/api/handle';
import { deleteAnnotation, getAnnotation, updateAnnotation } from '@/server/annotations';

export const GET = projectRoute('annotation.get', (grant, { params }) =>
  getAnnotation(grant, params.annotationId),
);
export const PATCH = projectRoute('annotation.update', (grant, { params, body, ifMatch }) =>
  updateAnnotation(grant, params.annotationId, body, ifMatch),
);
export const DELETE = projectRoute('annotation.delete', (grant, { params, ifMatch }) =>
  deleteAnnotation(grant, params.annotationId, ifMatch),
);
