import { type CodeBranch, codeTree, describeCode, readCodeWords } from './code-words';
import { hexOf, nearestColour } from './colours';
import { guid, keyOfGuid } from './guids';
import type { IncomingCode } from './incoming';
import type { Losses } from './losses';
import type { ReadRecords, RecordOf } from './record';
import { attributes, childOf, childrenOf, type XmlElement, xmlText } from './xml';

type Code = RecordOf<'code'>['code'];

function* codeXml({ code, under }: CodeBranch): Generator<string> {
  const words = describeCode(code);
  const tag = { guid: guid(code.id), name: code.name, isCodable: true, color: hexOf(code.colour) };
  yield `<Code${attributes(tag)}>`;
  if (words) yield `<Description>${xmlText(words)}</Description>`;
  for (const child of under) yield* codeXml(child);
  yield '</Code>';
}

/** The `Codes` of a codebook (REFI-QDA 1.5, section 6), in its tree; nothing where there are none, as it may not be empty. */
export function* codesXml(codes: readonly Code[], losses: Losses): Generator<string> {
  if (codes.length === 0) return;
  for (const { name, exampleIds, memoNoteId, definitionVersion } of codes) {
    if (exampleIds.length > 0)
      losses.add(
        'Examples of codes',
        'A code of this format has no examples. The Gloss format keeps them.',
        name,
      );
    if (memoNoteId !== null)
      losses.add(
        'Which note is a code’s memo',
        'The note itself is exported where the format has notes.',
        name,
      );
    if (definitionVersion > 1)
      losses.add('Earlier definitions of codes', 'Only what the code says now is exported.', name);
  }
  yield '<Codes>';
  for (const branch of codeTree(codes)) yield* codeXml(branch);
  yield '</Codes>';
}

/** A codebook by itself (QDC, `urn:QDA-XML:codebook:1.0`). */
export async function* writeQdc(read: ReadRecords, losses: Losses): AsyncGenerator<string> {
  const codes: Code[] = [];
  for await (const record of read()) {
    if (record.kind === 'code') codes.push(record.code);
    else if (record.kind === 'source') break;
  }
  yield '<?xml version="1.0" encoding="utf-8"?>\n';
  yield `<CodeBook${attributes({
    xmlns: 'urn:QDA-XML:codebook:1.0',
    'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
    'xsi:schemaLocation':
      'urn:QDA-XML:codebook:1.0 http://schema.qdasoftware.org/versions/Codebook/v1.0/Codebook.xsd',
    origin: 'Gloss',
  })}>`;
  // The schema wants at least one code.
  if (codes.length === 0)
    losses.add(
      'An empty codebook',
      'This format can’t say that there are no codes: the file is not valid.',
      '',
    );
  yield* codesXml(codes, losses);
  yield '</CodeBook>\n';
}

/** The codes of a `CodeBook` element of any program: their tree, without the folder that NVivo puts around all. */
export function readCodes(codeBook: XmlElement | undefined): IncomingCode[] {
  const found: IncomingCode[] = [];
  const visit = (element: XmlElement, parent: string | null) => {
    const { guid: id = '', name = '', color = '' } = element.attributes;
    const words = readCodeWords(childOf(element, 'Description')?.text ?? '');
    const key = keyOfGuid(id) || name;
    found.push({
      key,
      name: name.trim() || 'Code without a name',
      ...words,
      colour: nearestColour(color),
      parent,
    });
    for (const child of childrenOf(element, 'Code')) visit(child, key);
  };
  const top = childrenOf(childOf(codeBook, 'Codes'), 'Code');
  const [only] = top;
  const isFolder =
    top.length === 1 && only?.attributes.isCodable === 'false' && only.attributes.name === 'Nodes';
  for (const element of isFolder && only ? childrenOf(only, 'Code') : top) visit(element, null);
  return found;
}
