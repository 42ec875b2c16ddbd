import { describe, expect, it } from 'vitest';
import { newId } from '@/lib/new-id';
import { threadPath } from '@/lib/threads/thread-path';

const NOTHING = { annotationId: null, claimId: null, codeId: null, noteId: null, sourceId: null };
const [id, projectId, other, sourceId] = [newId(), newId(), newId(), newId()];

describe('The address of a discussion', () => {
  it.each([
    ['a mark', { annotationId: other, sourceId }, `sources/${sourceId}?mark=${other}&thread=${id}`],
    ['a claim', { claimId: other }, `claims/${other}?thread=${id}`],
    ['a code', { codeId: other }, `codebook?code=${other}&thread=${id}`],
    ['a note', { noteId: other }, `notes/${other}?thread=${id}`],
    ['the note of a source', { noteId: other, sourceId }, `sources/${sourceId}?thread=${id}`],
    ['a source, by its record', { sourceId }, `sources/${sourceId}/versions?thread=${id}`],
  ])('of %s leads to where it is shown, and points to its comment', (_, about, path) => {
    const thread = { id, projectId, ...NOTHING, ...about };
    expect(threadPath(thread)).toBe(`/projects/${projectId}/${path}`);
    expect(threadPath(thread, other)).toBe(`/projects/${projectId}/${path}&comment=${other}`);
  });
});
