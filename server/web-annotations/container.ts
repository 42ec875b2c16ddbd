import { database } from '../../db/client';
import { selectProject } from '../../db/projects';
import { countContained, selectContained } from '../../db/web-annotations';
import type { Grant } from '../../lib/access/grant';
import { AppError } from '../../lib/errors';
import {
  type Contained,
  type ContainerWish,
  pageCount,
  toAnnotationPage,
  toContainer,
} from '../../lib/exchange/web-annotation-container';
import { type Base, containerIri, describeAnnotations } from './describe';

/** Annotations on a page. */
const SIZE = 100;

/**
 * The container of a project in JSON-LD, or one of its pages (counted from 0): the annotations that the Grant's holder may see.
 * @throws AppError not-found for a page that there is not.
 */
export async function getContainer(
  grant: Grant,
  base: Base,
  wish: ContainerWish & { readonly page: number | null },
): Promise<Record<string, unknown> & { id: string }> {
  const { total, modified } = await countContained(database(), grant);
  const { name } = await selectProject(database(), grant);
  const of: Contained = {
    iri: containerIri(grant, base),
    label: name,
    total,
    modified: modified?.toISOString() ?? null,
    size: SIZE,
    iris: wish.iris,
  };
  if (wish.page === null) return toContainer(of, wish.minimal ? null : await itemsOf(grant, base, of, 0));
  const pages = pageCount(of);
  if (wish.page >= pages)
    throw new AppError('not-found', `There is no such page: the last one is ${pages - 1}.`);
  return toAnnotationPage(of, wish.page, await itemsOf(grant, base, of, wish.page));
}

async function itemsOf(grant: Grant, base: Base, { iri, iris }: Contained, page: number): Promise<unknown[]> {
  const ids = await selectContained(database(), grant, { limit: SIZE, offset: page * SIZE });
  if (iris) return ids.map((id) => `${iri}${id}`);
  return (await describeAnnotations(database(), grant, base, ids)).map(({ document }) => document);
}
