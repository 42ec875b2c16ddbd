import { iriOf } from './addresses';
import type { Losses } from './losses';
import type { ReadRecords, RecordOf } from './record';

/** Where a status stands between false and true, as `ratingValue` of 1 to 5; those that are no verdict have none. */
const RATING: Partial<Record<string, number>> = {
  contradicted: 1,
  disputed: 2,
  unsupported: 2,
  corroborated: 5,
};

type Claim = RecordOf<'claim'>['claim'];

function review(
  claim: Claim,
  project: RecordOf<'project'>,
  names: ReadonlyMap<string, string>,
  urls: string[],
) {
  const rating = RATING[claim.status];
  const verdict = names.get(claim.status) ?? claim.status;
  return {
    '@context': 'https://schema.org',
    '@type': 'ClaimReview',
    url: iriOf(project, 'claims', claim.id),
    datePublished: claim.modified.slice(0, 10),
    claimReviewed: claim.wording,
    author: { '@type': 'Organization', name: project.name },
    itemReviewed: {
      '@type': 'Claim',
      ...(urls.length > 0 && { appearance: urls.map((url) => ({ '@type': 'CreativeWork', url })) }),
    },
    reviewRating: {
      '@type': 'Rating',
      alternateName: verdict,
      ...(rating !== undefined && { ratingValue: rating, bestRating: 5, worstRating: 1 }),
    },
  };
}

/** The claims of a project as schema.org's ClaimReview, in a list; those that nobody has judged yet are left out and counted. */
export async function* writeClaimReview(read: ReadRecords, losses: Losses): AsyncGenerator<string> {
  const names = new Map<string, string>();
  const open = new Set<string>();
  const urls = new Map<string, string>();
  let project: RecordOf<'project'> | null = null;
  let count = 0;
  yield '[';
  for await (const record of read()) {
    if (record.kind === 'project') project = record;
    else if (record.kind === 'status') {
      names.set(record.status.key, record.status.name);
      if (record.status.isOpen && RATING[record.status.key] === undefined) open.add(record.status.key);
    } else if (record.kind === 'source') {
      if (record.source.url) urls.set(record.source.id, record.source.url);
    } else if (record.kind === 'claim' && project) {
      const { claim } = record;
      if (open.has(claim.status)) {
        losses.add(
          'Claims without a verdict',
          'A review needs one. Set a status that closes the claim.',
          claim.wording,
        );
        continue;
      }
      if (claim.evidence.length > 0)
        losses.add('Evidence', 'A ClaimReview names the pages, not the passages.', claim.wording);
      const pages = [...new Set(claim.evidence.flatMap(({ sourceId }) => urls.get(sourceId) ?? []))];
      yield `${count > 0 ? ',' : ''}\n${JSON.stringify(review(claim, project, names, pages))}`;
      count += 1;
    } else if (record.kind === 'annotation' && record.annotation.motivation === 'claiming')
      losses.add(
        'Marks that are claims',
        'Make a claim of it, with a verdict.',
        record.annotation.selector[1].exact,
      );
  }
  yield '\n]\n';
}
