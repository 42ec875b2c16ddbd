import type { Grant } from '../../lib/access/grant';
import type { AnalysisQuery, AnalysisTable } from '../../lib/analysis/analysis';
import { compareGroups } from './compare-groups';
import { coOccurrence, crossTable, frequencies, timeline } from './count-codes';
import { keyWords, wordFrequencies } from './count-words';

/**
 * The table behind an analysis, of what the actor may see.
 * @throws AppError not-found for a variable or source that is none.
 */
export async function analyse(grant: Grant, query: AnalysisQuery): Promise<AnalysisTable> {
  switch (query.kind) {
    case 'frequencies':
      return frequencies(grant, query);
    case 'co-occurrence':
      return coOccurrence(grant, query);
    case 'cross-table':
      return crossTable(grant, query);
    case 'timeline':
      return timeline(grant, query);
    case 'words':
      return wordFrequencies(grant, query);
    case 'kwic':
      return keyWords(grant, query);
    case 'compare':
      return compareGroups(grant, query);
  }
}
