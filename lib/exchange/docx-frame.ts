import { xmlText } from './xml';

/** What stands round the text of a Word document and is the same in each. */
export const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
/** The namespaces of the parts, with those of Word 2010 and 2012 for replies. */
export const SPACES = `xmlns:w="${WORD}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"`;

/** Each part beside the text: its file, the type of its content, and how the text is linked to it. */
const BESIDE = [
  ['styles', `${TYPES}.styles+xml`, `${OFFICE}/styles`],
  ['settings', `${TYPES}.settings+xml`, `${OFFICE}/settings`],
  ['comments', `${TYPES}.comments+xml`, `${OFFICE}/comments`],
  [
    'commentsExtended',
    `${TYPES}.commentsExtended+xml`,
    'http://schemas.microsoft.com/office/2011/relationships/commentsExtended',
  ],
  ['footnotes', `${TYPES}.footnotes+xml`, `${OFFICE}/footnotes`],
  ['numbering', `${TYPES}.numbering+xml`, `${OFFICE}/numbering`],
] as const;

const CORE = 'application/vnd.openxmlformats-package.core-properties+xml';
const override = (path: string, type: string) => `<Override PartName="/${path}" ContentType="${type}"/>`;

export const CONTENT_TYPES = `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override('word/document.xml', `${TYPES}.document.main+xml`)}${override('docProps/core.xml', CORE)}${BESIDE.map(([name, type]) => override(`word/${name}.xml`, type)).join('')}</Types>`;

export const PACKAGE_LINKS = `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`;

export const DOCUMENT_LINKS = `<Relationships xmlns="${PACKAGE}/relationships">${BESIDE.map(([name, , type], at) => `<Relationship Id="rId${at + 1}" Type="${type}" Target="${name}.xml"/>`).join('')}</Relationships>`;

/** What the document is called and when it was made; nobody is named as its author. */
export function core(title: string, made: string): string {
  const at = `xsi:type="dcterms:W3CDTF">${xmlText(made.replace(/\.\d+(?=Z$)/, ''))}<`;
  return `<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${xmlText(title)}</dc:title><dcterms:created ${at}/dcterms:created></cp:coreProperties>`;
}

export const SETTINGS = `<w:settings xmlns:w="${WORD}"><w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`;

type Look = { based?: string; paragraph?: string; run?: string; next?: string };
const style = (type: string, id: string, name: string, { based, paragraph, run, next }: Look = {}) =>
  `<w:style w:type="${type}" w:styleId="${id}"><w:name w:val="${name}"/>${based ? `<w:basedOn w:val="${based}"/>` : ''}${next ? `<w:next w:val="${next}"/>` : ''}<w:qFormat/>${paragraph ? `<w:pPr>${paragraph}</w:pPr>` : ''}${run ? `<w:rPr>${run}</w:rPr>` : ''}</w:style>`;
const heading = (level: number, size: number) =>
  style('paragraph', `Heading${level}`, `heading ${level}`, {
    ...{ based: 'Normal', next: 'Normal' },
    paragraph: `<w:keepNext/><w:keepLines/><w:spacing w:before="${360 - level * 40}" w:after="80"/><w:outlineLvl w:val="${level - 1}"/>`,
    run: `<w:b/><w:sz w:val="${size}"/>`,
  });
const GREY = '<w:color w:val="595959"/>';

export const STYLES = `<w:styles xmlns:w="${WORD}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Georgia" w:hAnsi="Georgia" w:cs="Times New Roman"/><w:sz w:val="22"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="140" w:line="288" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>${[
  `<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>`,
  style('paragraph', 'Title', 'Title', { based: 'Normal', next: 'Normal', run: '<w:b/><w:sz w:val="44"/>' }),
  style('paragraph', 'Subtitle', 'Subtitle', { based: 'Normal', next: 'Normal', run: GREY }),
  ...[34, 28, 25, 23, 22, 22].map((size, at) => heading(at + 1, size)),
  style('paragraph', 'Quote', 'Quote', {
    based: 'Normal',
    paragraph: '<w:ind w:left="567" w:right="567"/>',
    run: '<w:i/>',
  }),
  style('paragraph', 'Code', 'Code', {
    based: 'Normal',
    run: '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/><w:sz w:val="19"/>',
  }),
  style('paragraph', 'FootnoteText', 'footnote text', {
    based: 'Normal',
    paragraph: '<w:spacing w:after="40" w:line="240" w:lineRule="auto"/>',
    run: '<w:sz w:val="18"/>',
  }),
  style('paragraph', 'CommentText', 'annotation text', { based: 'Normal', run: '<w:sz w:val="20"/>' }),
  style('character', 'FootnoteReference', 'footnote reference', {
    run: '<w:vertAlign w:val="superscript"/>',
  }),
  style('character', 'CommentReference', 'annotation reference', { run: '<w:sz w:val="16"/>' }),
  style('character', 'Hyperlink', 'Hyperlink', { run: '<w:color w:val="0B5CAD"/><w:u w:val="single"/>' }),
].join('')}</w:styles>`;

const SIGNS = ['•', '◦', '▪'];
const levels = (make: (level: number) => string) =>
  Array.from({ length: 9 }, (_, level) => make(level)).join('');
const level = (at: number, format: string, sign: string) =>
  `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${sign}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="${720 * (at + 1)}" w:hanging="360"/></w:pPr></w:lvl>`;

/** The lists of a document: number 1 has points, each other counts from 1 on its own. */
export function numbering(lists: number): string {
  const counting = Array.from({ length: Math.max(0, lists - 1) }, (_, at) => at + 2)
    .map(
      (id) =>
        `<w:num w:numId="${id}"><w:abstractNumId w:val="1"/>${levels((at) => `<w:lvlOverride w:ilvl="${at}"><w:startOverride w:val="1"/></w:lvlOverride>`)}</w:num>`,
    )
    .join('');
  return `<w:numbering xmlns:w="${WORD}"><w:abstractNum w:abstractNumId="0">${levels((at) => level(at, 'bullet', SIGNS[at % 3] ?? '•'))}</w:abstractNum><w:abstractNum w:abstractNumId="1">${levels((at) => level(at, 'decimal', `%${at + 1}.`))}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>${counting}</w:numbering>`;
}
