import { projectRoute } from '@/app/api/handle';
import { createAnnotation, listAnnotations } from '@/server/annotations';

export const GET = projectRoute('annotation.list', (grant, { query }) => listAnnotations(grant, query));
export const POST = projectRoute('annotation.create', (grant, { body }) => createAnnotation(grant, body));
