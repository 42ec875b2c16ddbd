/** How a client wants the container told (Web Annotation Protocol, section 4.2.1). */
export type ContainerWish = { readonly iris: boolean; readonly minimal: boolean };

/** Reads a `Prefer` header. Whoever asks for addresses and for whole annotations at once is given the whole ones. */
export function readPrefer(header: string | null): ContainerWish & { readonly applied: boolean } {
  const [, quoted, bare] =
    /\breturn=representation\b[^,]*?;\s*include=(?:"([^"]*)"|([^\s;,]+))/i.exec(header ?? '') ?? [];
  const wanted = (quoted ?? bare ?? '').split(/\s+/);
  const minimal = wanted.includes('http://www.w3.org/ns/ldp#PreferMinimalContainer');
  const whole = wanted.includes('http://www.w3.org/ns/oa#PreferContainedDescriptions');
  const iris = wanted.includes('http://www.w3.org/ns/oa#PreferContainedIRIs');
  return { iris: iris && !whole, minimal, applied: minimal || whole || iris };
}

/** What is told of a container; `page` counts from 0, and the first is there even where it is empty. */
export type Contained = {
  /** The container's address, with a slash at its end. */
  readonly iri: string;
  readonly label: string;
  readonly total: number;
  /** When an annotation in it changed last (ISO 8601); `null` where it holds none. */
  readonly modified: string | null;
  /** Annotations on a page. */
  readonly size: number;
  readonly iris: boolean;
};

const viewOf = ({ iri, iris }: Contained) => `${iri}?iris=${iris ? 1 : 0}`;
const pageIri = (of: Contained, page: number) => `${viewOf(of)}&page=${page}`;
/** How many pages there are; at least one. */
export const pageCount = ({ total, size }: Pick<Contained, 'total' | 'size'>) =>
  Math.max(1, Math.ceil(total / size));

/** A page without its context: as it stands in the container. */
function toPage(of: Contained, page: number, items: readonly unknown[]) {
  return {
    id: pageIri(of, page),
    type: 'AnnotationPage',
    partOf: partOf(of),
    startIndex: page * of.size,
    ...(page > 0 && { prev: pageIri(of, page - 1) }),
    ...(page + 1 < pageCount(of) && { next: pageIri(of, page + 1) }),
    items,
  };
}

const partOf = (of: Contained) => ({
  id: viewOf(of),
  type: 'AnnotationCollection',
  label: of.label,
  total: of.total,
  ...(of.modified !== null && { modified: of.modified }),
});

/** A page of the container in JSON-LD. */
export function toAnnotationPage(of: Contained, page: number, items: readonly unknown[]) {
  return { '@context': 'http://www.w3.org/ns/anno.jsonld', ...toPage(of, page, items) };
}

/** The container in JSON-LD; with its first page inside when the items of that are given. */
export function toContainer(of: Contained, first: readonly unknown[] | null) {
  return {
    '@context': ['http://www.w3.org/ns/anno.jsonld', 'http://www.w3.org/ns/ldp.jsonld'],
    ...partOf(of),
    type: ['BasicContainer', 'AnnotationCollection'],
    first: first === null ? pageIri(of, 0) : toPage(of, 0, first),
    last: pageIri(of, pageCount(of) - 1),
  };
}
