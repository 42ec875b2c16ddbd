import { describe, expect, it } from 'vitest';
import { findQuotes } from '@/lib/quotes/find-quotes';

/** The quoted words and the speaker of each proposal. */
function found(text: string, language = 'en'): string[][] {
  return findQuotes(text, { language }).map(({ spans, speaker }) => [
    spans.map(({ start, end }) => text.slice(start, end)).join(' | '),
    speaker,
  ]);
}

describe('A quotation', () => {
  it.each([
    ['“We will close it,” said Hanne Lund.', 'We will close it', 'Hanne Lund'],
    ['"We will close it," Hanne Lund said on Monday.', 'We will close it', 'Hanne Lund'],
    ['‘We will close it,’ Hanne Lund said.', 'We will close it', 'Hanne Lund'],
    ["'We won't close it,' Hanne Lund said.", "We won't close it", 'Hanne Lund'],
    ['„We will close it,“ said Hanne Lund.', 'We will close it', 'Hanne Lund'],
    ['«We will close it», said Hanne Lund.', 'We will close it', 'Hanne Lund'],
    ['“Is it ‘safe’ at all?” asked Hanne Lund.', 'Is it ‘safe’ at all?', 'Hanne Lund'],
    ['Hanne Lund, who runs the port, said it was “not safe at all”.', 'not safe at all', 'Hanne Lund'],
    ['Hanne Lund told reporters: “It is not safe.”', 'It is not safe.', 'Hanne Lund'],
    ['The bridge is “not safe at all”, according to Hanne Lund.', 'not safe at all', 'Hanne Lund'],
    ['The bridge is “not safe” in winter, Hanne Lund warned.', 'not safe', 'Hanne Lund'],
    ['The bridge was described as “not safe” by Hanne Lund.', 'not safe', 'Hanne Lund'],
    ['“It is not safe,” a port official wrote in March.', 'It is not safe', 'port official'],
    ['“It is not safe,” said Ana Reyes of the Department of Health.', 'It is not safe', 'Ana Reyes'],
  ])('is found with its speaker: %s', (text, words, speaker) => {
    expect(found(text)).toEqual([[words, speaker]]);
  });

  it.each([
    ['Officials said the “zero tolerance” policy stays.'],
    ['She read “The Bridge of Birds” on the ferry.'],
    ['Click the “Like” button to see more of it.'],
    ['He looked up as if to say “You got me?” and left.'],
    ['We should be saying “show me how it works” to them.'],
    ['The boats’ crews and the harbour’s owners met on the ’90s pier.'],
    ["The boats' crews didn't like it, and the 6'2\" captain's plan failed."],
    ['A sign read “No entry after dark” in red.'],
    ['This is called a “third-party request.”'],
  ])('is nothing that only stands in marks: %s', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('that is split by its attribution is one, with a span for each piece and one over all', () => {
    const text =
      '“We waited,” Ana Reyes said, “and nobody came.” Then it rained. “It is over,” she said. “We go home.”';
    const proposals = findQuotes(text, { language: 'en' });
    expect(found(text)).toEqual([
      ['We waited | and nobody came.', 'Ana Reyes'],
      ['It is over | We go home.', 'Ana Reyes'],
    ]);
    expect(text.slice(proposals[0]?.span.start, proposals[0]?.span.end)).toBe(
      'We waited,” Ana Reyes said, “and nobody came.',
    );
  });

  it('goes on over paragraphs that each open and of which only the last one closes', () => {
    const text = 'Ana Reyes said:\n\n“We waited for a day.\n\n“Nobody came.”\n\nThe end.';
    expect(found(text)).toEqual([['We waited for a day. | Nobody came.', 'Ana Reyes']]);
  });

  it('of two people is two', () => {
    expect(found('“I saw it,” said Ana Reyes. “I did not,” said Hanne Lund.')).toEqual([
      ['I saw it', 'Ana Reyes'],
      ['I did not', 'Hanne Lund'],
    ]);
  });

  it('without a mark that closes is none, and hides none behind it', () => {
    const text = (open: string, close: string) =>
      `${open}We waited for a day.\n\nThen it rained.\n\n${open}Nobody came,${close} said Ana Reyes.`;
    for (const [open = '', close = ''] of ['“”', '""', '«»', "''"])
      expect(found(text(open, close)), open).toEqual([['Nobody came', 'Ana Reyes']]);
  });

  it('in French is read by the rules’ French words', () => {
    expect(
      found('« Nous attendons », a déclaré lundi Anne Roux. « Tout va bien », selon le ministère.', 'fr'),
    ).toEqual([
      ['Nous attendons', 'Anne Roux'],
      ['Tout va bien', 'le ministère'],
    ]);
  });
});

describe('A speaker', () => {
  const STORY =
    'The port is run by Dr. Hanne Lund and Mr. Karl Berg. “We close,” said Lund. “No,” Berg said. “Why not,” he asked.';

  it('named by surname is the one whom the text names in full, and “he” is the last named person', () => {
    expect(found(STORY).map(([, speaker]) => speaker)).toEqual(['Hanne Lund', 'Karl Berg', 'Karl Berg']);
  });

  it('called by office is who was said to hold it', () => {
    const text = 'President Ana Reyes spoke on Monday. “We stay,” the president said.';
    expect(found(text)).toEqual([['We stay', 'Ana Reyes']]);
  });

  it('without a name is kept as described, in the words of the first mention', () => {
    const text =
      'A port authority spokesperson told us it was “not safe”. “We close it,” the spokesperson added.';
    expect(found(text).map(([, speaker]) => speaker)).toEqual([
      'port authority spokesperson',
      'port authority spokesperson',
    ]);
  });

  it('who was stored under another name is proposed under that name', () => {
    const known = {
      aliases: new Map([['reyes', 'Dr. Ana Reyes']]),
      speakers: ['Dr. Ana Reyes', 'Prof. Karl Berg'],
    };
    const text = '“We stay,” Reyes said. “We go,” said Karl Berg.';
    const proposals = findQuotes(text, { known, language: 'en' });
    expect(proposals.map(({ speaker }) => speaker)).toEqual(['Dr. Ana Reyes', 'Prof. Karl Berg']);
    expect(proposals[0]?.reason).toContain('is known as “Dr. Ana Reyes” in this project');
  });
});

describe('What a quotation came through', () => {
  it('is kept link by link as it is written, with the hedge', () => {
    const text =
      '“We take them away,” Ana Reyes reportedly told the prosecutors, according to a draft report obtained by The Post, the Times wrote.';
    const [proposal] = findQuotes(text, { language: 'en' });
    expect(proposal).toMatchObject({
      speaker: 'Ana Reyes',
      verb: 'told',
      hedged: true,
      chain: ['a draft report', 'The Post', 'the Times'],
      style: 'direct',
    });
    expect(proposal?.reason).toBe(
      '“Ana Reyes” and “told” stand right behind it; “reportedly” says that it is only reported.',
    );
  });

  it('is empty where somebody says it themselves', () => {
    expect(findQuotes('“We stay,” Ana Reyes said.')[0]).toMatchObject({ hedged: false, chain: [] });
  });
});

it('What is left out is given with its reason where one asks for it', () => {
  const [left] = findQuotes('The “zero tolerance” policy stays.', { threshold: 0 });
  expect(left).toMatchObject({
    speaker: '',
    reason: 'Not taken for a quotation: nobody is said to have said it.',
  });
  expect(left?.score).toBeLessThan(0.5);
});
