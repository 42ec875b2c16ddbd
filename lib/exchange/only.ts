import { type ExportFormat, FORMATS } from './formats';

/** The one thing of a project that is taken out alone. */
export type Only = { readonly kind: 'note' | 'source'; readonly id: string };

/** The formats in which one thing alone makes sense, the likeliest first. */
export const ONLY_FORMATS = {
  note: ['markdown', 'docx', 'html'],
  source: ['docx-sources', 'html', 'web-annotation', 'hypothesis', 'csv', 'csl-json', 'bibtex', 'ris'],
} as const satisfies Record<Only['kind'], readonly ExportFormat[]>;

/** How the name of a file ends. One note alone needs no archive. */
export function extensionOf(format: ExportFormat, only: Only | null): string {
  return only?.kind === 'note' && format === 'markdown' ? 'md' : FORMATS[format].extension;
}

/** What a download of a project, or of the one thing with this title, is called in a format. */
export function fileNameOf(title: string, format: ExportFormat, only: Only | null = null): string {
  const words = title
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return `${words || only?.kind || 'project'}.${extensionOf(format, only)}`;
}
