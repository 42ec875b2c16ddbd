import { selectAnnotations } from '../../db/annotations';
import { type Db, database } from '../../db/client';
import { selectCodes } from '../../db/codebook';
import { selectProject } from '../../db/projects';
import { selectSource, selectSourceText } from '../../db/sources';
import { selectIris } from '../../db/web-annotations';
import type { Grant } from '../../lib/access/grant';
import { CODE_POINTS, createRuler } from '../../lib/exchange/offsets';
import { toWebAnnotation } from '../../lib/exchange/web-annotation-write';
import { notFound } from '../edit';

/** Where the instance is reached, without a slash at its end; every IRI begins with it. */
export type Base = string;

/** The address of the container of a project. */
export const containerIri = ({ projectId }: Grant, base: Base) =>
  `${base}/api/projects/${projectId}/web-annotations/`;

type Described = { readonly revision: number; readonly document: Record<string, unknown> };

/**
 * Annotations in the words of the W3C, in the order they were made; those that the Grant's holder may not see, or that were
 * deleted, are left out. `revision` is each one's ETag.
 */
export async function describeAnnotations(
  db: Db,
  grant: Grant,
  base: Base,
  ids: readonly string[],
): Promise<Described[]> {
  const marks = await selectAnnotations(db, grant, { ids }, { limit: ids.length });
  const iris = await selectIris(db, grant, ids);
  const { name } = await selectProject(db, grant);
  const project = { kind: 'project' as const, id: grant.projectId, name, exported: '', base };
  const codes = new Map((await selectCodes(db, grant)).map((code) => [code.id, code.name]));
  const places = new Map<string, Awaited<ReturnType<typeof readPlace>>>();
  const described: Described[] = [];
  for (const mark of marks) {
    if (!places.has(mark.sourceId)) places.set(mark.sourceId, await readPlace(db, grant, mark.sourceId));
    const place = places.get(mark.sourceId);
    if (!place) continue;
    const known = iris.get(mark.id);
    described.push({
      revision: mark.revision,
      document: {
        ...toWebAnnotation(mark, place, project, codes),
        ...(known && known.canonical !== null && { canonical: known.canonical }),
        ...(known && known.via.length > 0 && { via: known.via }),
      },
    });
  }
  return described;
}

async function readPlace(db: Db, grant: Grant, sourceId: string) {
  const source = await selectSource(db, grant, sourceId);
  const read = source && (await selectSourceText(db, grant, sourceId));
  return source && read && { source, ruler: createRuler(read.text, CODE_POINTS) };
}

/** One of them. @throws AppError not-found. */
export async function getWebAnnotation(grant: Grant, base: Base, id: string): Promise<Described> {
  const [described] = await describeAnnotations(database(), grant, base, [id]);
  if (described === undefined) throw notFound('annotation');
  return described;
}
