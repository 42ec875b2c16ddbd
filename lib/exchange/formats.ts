/** The ways out of a project, and those that are a way in too. */
export const FORMATS = {
  gloss: {
    name: 'Gloss',
    about: 'Everything you may see, one thing a line, to keep or to bring into another project.',
    extension: 'gloss.ndjson',
    type: 'application/x-ndjson',
    comesIn: true,
  },
  qdpx: {
    name: 'REFI-QDA project (QDPX)',
    about: 'Texts, codes and coded passages for NVivo, ATLAS.ti, MAXQDA, QualCoder and their like.',
    extension: 'qdpx',
    type: 'application/zip',
    comesIn: true,
  },
  qdc: {
    name: 'REFI-QDA codebook (QDC)',
    about: 'The codes alone, with what they mean, for any program that codes.',
    extension: 'qdc',
    type: 'application/xml',
    comesIn: true,
  },
  'web-annotation': {
    name: 'W3C Web Annotation (JSON-LD)',
    about: 'Marks as the web’s own standard has them: a collection with its pages, in one archive.',
    extension: 'jsonld.zip',
    type: 'application/zip',
    comesIn: true,
  },
  hypothesis: {
    name: 'Hypothesis (JSON)',
    about: 'Marks on pages of the web, as Hypothesis exports and imports them.',
    extension: 'hypothesis.json',
    type: 'application/json',
    comesIn: true,
  },
  csv: {
    name: 'Tables (CSV)',
    about: 'Quotes, codings, claims, evidence and what agreement is computed from, a file each.',
    extension: 'csv.zip',
    type: 'application/zip',
    comesIn: false,
  },
  xlsx: {
    name: 'Tables (Excel)',
    about: 'The same tables as the sheets of one workbook; nothing in it is a formula.',
    extension: 'xlsx',
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    comesIn: false,
  },
  markdown: {
    name: 'Notes (Markdown)',
    about: 'Each note as a text file, its passages as quotations with source and link.',
    extension: 'md.zip',
    type: 'application/zip',
    comesIn: false,
  },
  docx: {
    name: 'Notes and claims (Word)',
    about: 'A document to hand in: quotations with footnotes, discussions as comments.',
    extension: 'docx',
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    comesIn: false,
  },
  'docx-sources': {
    name: 'Texts with marks (Word)',
    about: 'Each text with its marks as comments by who made them, and what was said of them.',
    extension: 'texts.docx',
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    comesIn: false,
  },
  html: {
    name: 'Report (HTML)',
    about: 'Notes, claims and coded passages on one page that opens anywhere and loads nothing.',
    extension: 'html',
    type: 'text/html; charset=utf-8',
    comesIn: false,
  },
  'claim-review': {
    name: 'ClaimReview (JSON-LD)',
    about: 'The verdicts on claims as schema.org describes them, for other fact-checkers.',
    extension: 'claimreview.jsonld',
    type: 'application/ld+json',
    comesIn: false,
  },
  'csl-json': {
    name: 'Sources (CSL-JSON)',
    about: 'The sources as Zotero, Pandoc and citation processors read them.',
    extension: 'csl.json',
    type: 'application/vnd.citationstyles.csl+json',
    comesIn: false,
  },
  bibtex: {
    name: 'Sources (BibTeX)',
    about: 'The sources for LaTeX.',
    extension: 'bib',
    type: 'application/x-bibtex; charset=utf-8',
    comesIn: false,
  },
  ris: {
    name: 'Sources (RIS)',
    about: 'The sources for EndNote, Mendeley and their like.',
    extension: 'ris',
    type: 'application/x-research-info-systems; charset=utf-8',
    comesIn: false,
  },
} as const satisfies Record<
  string,
  { name: string; about: string; extension: string; type: string; comesIn: boolean }
>;

export type ExportFormat = keyof typeof FORMATS;
export const EXPORT_FORMATS = Object.keys(FORMATS) as [ExportFormat, ...ExportFormat[]];

/** Programs that read a QDPX in a way of their own. */
export const PROFILES = ['standard', 'nvivo', 'crlf'] as const;
export type ExportProfile = (typeof PROFILES)[number];
