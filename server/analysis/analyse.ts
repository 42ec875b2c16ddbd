import type { Grant } from '../../lib/access/grant';
import type { AnalysisQuery, AnalysisTable } from '../../lib/analysis/analysis';
import { coOccurrence } from './co-occurrence';
import { compareGroups } from './compare-groups';
import { crossTable, frequencies, timeline } from './count-codes';
import { keyWords, wordFrequencies } from './count-words';

/**
 * The table behind an analysis, of what the actor may see.
 * @throws AppError not-found for a variable or source that is none; the signal's reason when whoever asked no longer waits.
 */
export async function analyse(
  grant: Grant,
  query: AnalysisQuery,
  signal?: AbortSignal,
): Promise<AnalysisTable> {
  switch (query.kind) {
    case 'frequencies':
      return frequencies(grant, query);
    case 'co-occurrence':
      return coOccurrence(grant, query, signal);
    case 'cross-table':
      return crossTable(grant, query);
    case 'timeline':
      return timeline(grant, query);
    case 'words':
      return wordFrequencies(grant, query, signal);
    case 'kwic':
      return keyWords(grant, query, signal);
    case 'compare':
      return compareGroups(grant, query, signal);
  }
}
