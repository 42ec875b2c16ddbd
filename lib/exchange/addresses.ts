import type { RecordOf } from './record';

type Project = RecordOf<'project'>;
const UUID = /([\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})$/i;

/** The IRI of a thing of a project: where the instance answers for it, or a urn where its address is not known. */
export function iriOf({ base, id: projectId }: Project, noun: string, id: string): string {
  return base === '' ? `urn:uuid:${id}` : `${base}/api/projects/${projectId}/${noun}/${id}`;
}

/** The id at the end of an IRI, whoever made it; the whole IRI where there is none. */
export function idOfIri(iri: string): string {
  return UUID.exec(iri)?.[1]?.toLowerCase() ?? iri;
}

/** Where a person opens a passage; empty where the instance's address is not known. */
export function passageLink({ base, id }: Project, sourceId: string, annotationId: string): string {
  return base === '' ? '' : `${base}/projects/${id}/sources/${sourceId}#annotation-${annotationId}`;
}

/** What a source is known by that is named by its title. */
export const titleKey = (title: string): string =>
  `title ${title.replace(/\s+/g, ' ').trim().toLowerCase().replaceAll('#', ' ')}`;
