import { expect, it } from 'vitest';
import { offlinePlaceOf } from '@/app/offline/offline-place';

const P = '0190b4a1-7c1e-7d2a-9f00-000000000001';
const X = '0190b4a1-7c1e-7d2a-9f00-000000000002';

it.each([
  [`/projects/${P}`, { type: 'sources', projectId: P }],
  [`/projects/${P}/`, { type: 'sources', projectId: P }],
  [`/projects/${P}/sources/${X}`, { type: 'source', projectId: P, id: X }],
  [`/projects/${P}/notes`, { type: 'notes', projectId: P }],
  [`/projects/${P}/notes/${X}`, { type: 'note', projectId: P, id: X }],
  [`/projects/${P}/follow-ups`, { type: 'follow-ups', projectId: P }],
  [`/projects/${P}/codebook`, { type: 'other', projectId: P }],
  [`/projects/${P}/sources/${X}/versions`, { type: 'other', projectId: P }],
  ['/projects', { type: 'projects', projectId: null }],
  ['/projects/elsewhere', { type: 'projects', projectId: null }],
])('%s leads without a connection to %j', (path, place) => {
  expect(offlinePlaceOf(path)).toEqual(place);
});
