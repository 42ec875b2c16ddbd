import { z } from 'zod';
import { titleKey } from './addresses';
import { type Incoming, type IncomingItem, nothingComing } from './incoming';
import type { Losses } from './losses';

const text = z.string().max(100_000).nullish();
const Creator = z.looseObject({ firstName: text, lastName: text, name: text, creatorType: text });
/** An item as Zotero's own API answers it: what it is in `data`. */
const ApiItem = z.looseObject({
  key: z.string().max(100),
  library: z.looseObject({ id: z.union([z.int(), z.string()]) }).optional(),
  meta: z.looseObject({ createdByUser: z.looseObject({ name: text, username: text }).nullish() }).optional(),
  data: z.looseObject({
    itemType: z.string().max(100),
    parentItem: text,
    title: text,
    url: text,
    DOI: text,
    date: text,
    language: text,
    publicationTitle: text,
    websiteTitle: text,
    creators: z.array(Creator).max(1_000).nullish(),
    annotationType: text,
    annotationText: text,
    annotationComment: text,
    annotationAuthorName: text,
    tags: z.array(z.looseObject({ tag: z.string() })).nullish(),
    dateAdded: text,
  }),
});
type ApiItem = z.output<typeof ApiItem>;

const Parts = z.array(z.union([z.int(), z.string()])).max(3);
/** An item of CSL-JSON 1.0. */
const CslItem = z.looseObject({
  id: z.union([z.string().max(1_000), z.number()]),
  type: z.string().max(100),
  title: text,
  URL: text,
  DOI: text,
  language: text,
  'container-title': text,
  author: z
    .array(z.looseObject({ family: text, given: text, literal: text }))
    .max(1_000)
    .nullish(),
  issued: z.looseObject({ 'date-parts': z.array(Parts).nullish(), literal: text, raw: text }).nullish(),
});

const listOf = (document: unknown): unknown[] => {
  if (Array.isArray(document)) return document;
  const { items } = (document ?? {}) as { items?: unknown };
  return Array.isArray(items) ? items : [];
};
const isThing = (one: unknown): one is Record<string, unknown> => typeof one === 'object' && one !== null;
const isApi = (one: unknown) => isThing(one) && isThing(one.data) && typeof one.data.itemType === 'string';
const isCsl = (one: unknown) =>
  isThing(one) &&
  'id' in one &&
  typeof one.type === 'string' &&
  one.type !== 'Annotation' &&
  !('target' in one);

/** Whether a document is a list of items as Zotero has them: those of its API, or CSL-JSON. */
export function isZotero(document: unknown): boolean {
  const [first] = listOf(document);
  return isApi(first) || isCsl(first);
}

/** All addresses that an item may be known by here, and its title. */
function knownBy(
  urls: readonly (string | null | undefined)[],
  doi: string | null | undefined,
  title: string,
): string[] {
  const id = doi?.trim().replace(/^(https?:\/\/(dx\.)?doi\.org\/|doi:)/i, '');
  return [
    ...urls.flatMap((url) => url?.trim() || []),
    ...(id ? [`https://doi.org/${id}`, `https://dx.doi.org/${id}`] : []),
    ...(title.trim() === '' ? [] : [titleKey(title)]),
  ];
}

const joined = (...parts: (string | null | undefined)[]) => parts.filter(Boolean).join(' ').trim();

/**
 * What a library of Zotero says: of sources that are here, what they are; and annotations, by the words they stand on. The texts have
 * to be in the project.
 */
export function readZotero(document: unknown, losses: Losses): Incoming {
  const coming = nothingComing();
  const items = new Map<string, ApiItem>();
  for (const one of listOf(document)) {
    if (isApi(one)) {
      const item = ApiItem.safeParse(one);
      if (item.success) items.set(item.data.key, item.data);
      else
        losses.add(
          'Items that can’t be read',
          item.error.issues[0]?.message ?? '',
          JSON.stringify(one).slice(0, 80),
        );
    } else takeCsl(one, coming, losses);
  }
  for (const item of items.values()) takeItem(item, items, coming, losses);
  return coming;
}

function takeCsl(given: unknown, coming: Incoming, losses: Losses): void {
  const item = CslItem.safeParse(given);
  if (!item.success) {
    losses.add(
      'Items that can’t be read',
      item.error.issues[0]?.message ?? '',
      JSON.stringify(given).slice(0, 80),
    );
    return;
  }
  const { title, URL: url, DOI, language, author, issued } = item.data;
  const parts = issued?.['date-parts']?.[0]?.map((part) => String(part).padStart(2, '0')).join('-');
  const names = (author ?? []).map((one) => one.literal || joined(one.given, one.family)).filter(Boolean);
  coming.items.push({
    ...{ title: title ?? '', language: language ?? null, siteName: item.data['container-title'] ?? null },
    byline: names.join(', ') || null,
    publishedAt: parts || issued?.literal || issued?.raw || null,
    known: knownBy([url], DOI, title ?? ''),
  });
}

function takeItem(
  item: ApiItem,
  items: ReadonlyMap<string, ApiItem>,
  coming: Incoming,
  losses: Losses,
): void {
  const { data } = item;
  if (data.itemType === 'annotation') takeAnnotation(item, items, coming, losses);
  else if (data.itemType === 'note')
    losses.add('Notes of the library', 'Only items and annotations come in.', data.title ?? item.key);
  // A file is known by the item it belongs to.
  else if (data.itemType !== 'attachment' || !data.parentItem) coming.items.push(itemOf(item));
}

function itemOf({ data }: ApiItem): IncomingItem {
  const authors = (data.creators ?? []).filter((one) => !one.creatorType || one.creatorType === 'author');
  const names = authors.map((one) => one.name || joined(one.firstName, one.lastName)).filter(Boolean);
  return {
    ...{ title: data.title ?? '', language: data.language || null, byline: names.join(', ') || null },
    siteName: data.publicationTitle || data.websiteTitle || null,
    publishedAt: data.date || null,
    known: knownBy([data.url], data.DOI, data.title ?? ''),
  };
}

/** A comment's letters; the few tags that Zotero writes into it are none. */
const plain = (comment: string) => comment.replace(/<\/?(?:b|i|sub|sup)>/g, '').trim();

function takeAnnotation(
  item: ApiItem,
  items: ReadonlyMap<string, ApiItem>,
  coming: Incoming,
  losses: Losses,
): void {
  const { data, key, library, meta } = item;
  const exact = data.annotationText?.replace(/\s+/g, ' ').trim() ?? '';
  if (exact === '' || !['highlight', 'underline'].includes(data.annotationType ?? '')) {
    losses.add(
      'Annotations without words',
      'A mark comes in by the words it stands on; notes, pictures and drawings have none.',
      plain(data.annotationComment ?? '') || key,
    );
    return;
  }
  const file = items.get(data.parentItem ?? '');
  const work = items.get(file?.data.parentItem ?? '');
  const known = [work, file].flatMap((one) =>
    one ? knownBy([one.data.url], one.data.DOI, one.data.title ?? '') : [],
  );
  const codes = (data.tags ?? []).flatMap(({ tag }) => (tag.trim() === '' ? [] : `#${tag.trim()}`));
  const body = plain(data.annotationComment ?? '') || null;
  const user = meta?.createdByUser;
  coming.annotations.push({
    key: `zotero ${library?.id ?? ''} ${key}`,
    source: null,
    url: known[0] ?? data.parentItem ?? null,
    alias: known.slice(1),
    ...{ start: null, end: null, exact, prefix: '', suffix: '' },
    motivation: codes.length > 0 ? 'classifying' : body ? 'commenting' : 'highlighting',
    ...{ body, codes, quote: null },
    creator: data.annotationAuthorName || user?.name || user?.username || '',
    created: data.dateAdded ?? null,
  });
}
