import { useEffect, useMemo, useState } from 'react';
import { useProject } from '../live/project-context';
import { facesOf, TaskFollowUps } from './task-follow-ups';

/** The follow-ups that tasks of this note raised, as the page knows them. */
export function useTaskFollowUps(noteId: string): TaskFollowUps {
  const known = useProject((state) => state.followUps);
  const faces = useMemo(() => facesOf(known.values(), noteId), [known, noteId]);
  const [source] = useState(() => {
    const made = new TaskFollowUps();
    made.update(faces);
    return made;
  });
  useEffect(() => source.update(faces), [source, faces]);
  return source;
}
