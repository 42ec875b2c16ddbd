import { useEffect, useState } from 'react';
import { useProject } from '../live/project-context';
import { ThingSource } from './thing-source';

/** The things that a note may link to, as the page knows them. */
export function useThings(): ThingSource {
  const things = useProject((state) => ({
    projectId: state.project.id,
    claims: state.claims,
    claimStatuses: state.claimStatuses,
    sources: state.sources,
    notes: state.notes,
    members: state.members,
    isComing: state.coming.has('claims'),
  }));
  const [source] = useState(() => {
    const made = new ThingSource();
    made.update(things);
    return made;
  });
  useEffect(() => source.update(things), [source, things]);
  return source;
}
