import { utf8 } from './bytes';
import { writeCitations } from './citations';
import { writeClaimReview } from './claim-review';
import { writeCsv } from './csv-tables';
import { writeDocxReport } from './docx-report';
import { writeDocxSources } from './docx-sources';
import type { ExportFormat, ExportProfile } from './formats';
import { writeGloss } from './gloss';
import { writeReport } from './html-report';
import { writeHypothesis } from './hypothesis';
import type { Losses } from './losses';
import { writeMarkdown, writeOneNote } from './markdown';
import type { Only } from './only';
import { writeQdc } from './qda-codebook';
import { writeQdpx } from './qda-write';
import type { ReadRecords } from './record';
import { writeWebAnnotations } from './web-annotation-write';
import { writeXlsx } from './xlsx';

/**
 * A project in a format, piece by piece. What the format can't hold is counted in `losses`, which are whole once the last
 * piece was taken. `made` is when the export was asked for (ISO 8601); `only` says what `read` finds, where that is one thing.
 */
export function writeExport(
  format: ExportFormat,
  read: ReadRecords,
  losses: Losses,
  { profile, made, only = null }: { profile: ExportProfile; made: string; only?: Only | null },
): AsyncGenerator<Uint8Array> {
  switch (format) {
    case 'gloss':
      return utf8(writeGloss(read, losses));
    case 'qdpx':
      return writeQdpx(read, losses, profile);
    case 'qdc':
      return utf8(writeQdc(read, losses));
    case 'web-annotation':
      return writeWebAnnotations(read, losses);
    case 'hypothesis':
      return utf8(writeHypothesis(read, losses));
    case 'csv':
      return writeCsv(read, losses, made);
    case 'xlsx':
      return writeXlsx(read, losses, made);
    case 'markdown':
      return only?.kind === 'note' ? utf8(writeOneNote(read, losses)) : writeMarkdown(read, losses, made);
    case 'docx':
      return writeDocxReport(read, losses, made);
    case 'docx-sources':
      return writeDocxSources(read, losses, made);
    case 'html':
      return utf8(writeReport(read, losses));
    case 'claim-review':
      return utf8(writeClaimReview(read, losses));
    case 'csl-json':
    case 'bibtex':
    case 'ris':
      return utf8(writeCitations(read, losses, format));
  }
}
