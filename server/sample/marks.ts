import type { Motivation } from '../../lib/annotations/annotation';
import type { QuoteDetails } from '../../lib/annotations/quote';
import type { CODE_COLOURS } from '../../lib/codebook/colours';

/** Who made a mark or wrote a comment: the first user of the program, or the invented colleague of the sample. */
export type SamplePerson = 'first user' | 'colleague';
export const SAMPLE_COLLEAGUE = 'Noor Castellan';

export type SampleCode = {
  readonly name: string;
  readonly colour: (typeof CODE_COLOURS)[number];
  readonly definition: string;
};
export const SAMPLE_CODES: readonly SampleCode[] = [
  {
    name: 'Intent',
    colour: 'rose',
    definition: 'The passage bears on whether separating families was an aim rather than a side effect.',
  },
  {
    name: 'Foreknowledge',
    colour: 'amber',
    definition: 'Somebody knew, or was told, what would follow before it did.',
  },
  {
    name: 'Denial',
    colour: 'teal',
    definition: 'A claim is rejected, narrowed or turned against its source. Code the whole rejection.',
  },
  {
    name: 'Human cost',
    colour: 'violet',
    definition: 'What it meant for a person or a family, told or counted.',
  },
];

export type SampleMark = {
  readonly motivation: Motivation;
  readonly by: SamplePerson;
  /** The marked passage; it occurs once in the sample's text. */
  readonly exact: string;
  readonly body?: string;
  readonly quote?: Partial<QuoteDetails>;
  /** Names of codes. */
  readonly codes?: readonly string[];
  readonly thread?: readonly { readonly by: SamplePerson; readonly text: string }[];
};

/** The marks on the sample; the note refers to them by their place in this list. */
export const SAMPLE_MARKS: readonly SampleMark[] = [
  {
    motivation: 'quoting',
    by: 'first user',
    exact: '“the children are the lever, and we are going to use it.”',
    quote: { speaker: 'Teodor Brandt', style: 'direct', hedged: true },
    body: 'Two people on the call confirm it, a third remembers it differently. Hedged in the text itself.',
    codes: ['Intent'],
  },
  {
    motivation: 'quoting',
    by: 'first user',
    exact: '“Age is not a ground to decline a case,”',
    quote: { speaker: 'Maren Oszkar', style: 'direct', hedged: false },
  },
  {
    motivation: 'quoting',
    by: 'colleague',
    exact: '“understood, in writing and in advance, that full enforcement would separate families,”',
    quote: { speaker: 'Office of the Public Auditor (draft)', style: 'direct', hedged: false },
    codes: ['Foreknowledge'],
  },
  {
    motivation: 'quoting',
    by: 'first user',
    exact: 'he hoped word of the separations would travel south and “do the work that fences do not,”',
    quote: { speaker: 'A crossing supervisor, name blacked out', style: 'indirect', hedged: true },
    body: 'Third hand: a memo, in the draft, by way of Radio Meridian.',
  },
  {
    motivation: 'quoting',
    by: 'colleague',
    exact: '“This draft contains errors of fact that we pointed out to the auditors months ago,”',
    quote: { speaker: 'Ruth Adeyemi', style: 'direct', hedged: false },
  },
  {
    motivation: 'quoting',
    by: 'first user',
    exact: '“They wrote everything down except where they put my boy,”',
    quote: { speaker: 'Lidia Moreau', style: 'direct', hedged: false },
  },
  {
    motivation: 'claiming',
    by: 'first user',
    exact: 'a policy that separated more than 2,300 children from their parents at the Varn crossing',
    body: 'More than 2,300 children were separated from their parents at the Varn crossing.',
  },
  {
    motivation: 'claiming',
    by: 'colleague',
    exact: 'No system recorded which child belonged to which parent, the auditors found',
    body: 'The ministry kept no record that tied a separated child to a parent.',
  },
  {
    motivation: 'claiming',
    by: 'first user',
    exact: '212 children had still not been returned to a parent',
    body: '212 children were not back with a parent a month before publication.',
  },
  {
    motivation: 'classifying',
    by: 'first user',
    exact: 'senior officials knew parents and children would be separated, and pressed ahead',
    codes: ['Foreknowledge', 'Intent'],
  },
  {
    motivation: 'classifying',
    by: 'colleague',
    exact: 'separation was a side effect of enforcing the law',
    codes: ['Denial'],
  },
  {
    motivation: 'classifying',
    by: 'colleague',
    exact:
      '“The ministry brought charges; it never had charge of the children. Whoever leaked an unfinished document wanted a headline and not the truth.”',
    codes: ['Denial'],
  },
  {
    motivation: 'classifying',
    by: 'first user',
    exact: 'Her son, now nine, still asks before she leaves a room.',
    codes: ['Human cost'],
  },
  {
    motivation: 'classifying',
    by: 'colleague',
    exact: 'for the first seven weeks the lists were kept by hand',
    codes: ['Human cost', 'Foreknowledge'],
  },
  {
    motivation: 'highlighting',
    by: 'first user',
    exact:
      'Drafts are routinely sent to the people named in them for comment and can change before they are published',
  },
  {
    motivation: 'highlighting',
    by: 'colleague',
    exact: 'a weekly chart of charges that hung outside Brandt’s door',
  },
  {
    motivation: 'commenting',
    by: 'first user',
    exact: 'A third remembered it differently: Brandt, she said, had spoken of pressure on the smugglers',
    body: 'We lean on the lever line in the first paragraph of our note. Is it safe with one of three people contradicting it?',
    thread: [
      {
        by: 'colleague',
        text: 'Only with the contradiction in the same sentence. Two for, one against, and all of them unnamed.',
      },
      {
        by: 'first user',
        text: 'Agreed. I have set the quote to hedged and put the third account next to it in the note.',
      },
      {
        by: 'colleague',
        text: 'Good. I will ask the Ledger whether the call was recorded; the draft quotes others with time stamps.',
      },
    ],
  },
];

/** A run of a paragraph: words, or a chip that stands for the mark at this place of `SAMPLE_MARKS`. */
export type SampleRun = string | { readonly mark: number };
export type SampleBlock =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'paragraph'; readonly runs: readonly SampleRun[] };

/** The note beside the sample. */
export const SAMPLE_NOTE: readonly SampleBlock[] = [
  { kind: 'heading', level: 2, text: 'What the draft says' },
  {
    kind: 'paragraph',
    runs: [
      'The auditors put the decision at the top: officials ',
      { mark: 2 },
      ' What it cost is a number we can check: ',
      { mark: 6 },
    ],
  },
  {
    kind: 'paragraph',
    runs: [
      'The line everybody will quote is ',
      { mark: 0 },
      ' It rests on two unnamed people; a third tells it differently, so it stays hedged. The deputy’s ',
      { mark: 1 },
      ' is from an e-mail and firmer.',
    ],
  },
  { kind: 'heading', level: 2, text: 'What the ministry answers' },
  {
    kind: 'paragraph',
    runs: [
      'Its spokesperson rejects the draft without saying what is wrong in it: ',
      { mark: 4 },
      ' Ask again before we publish.',
    ],
  },
  { kind: 'heading', level: 2, text: 'Still to check' },
  {
    kind: 'paragraph',
    runs: ['The figure at the end, ', { mark: 8 }, ', is a month old. Who counts them now?'],
  },
  {
    kind: 'paragraph',
    runs: [{ mark: 3 }, ' reaches us third hand. Can Radio Meridian show us the page?'],
  },
  {
    kind: 'paragraph',
    runs: ['End on a person rather than a number: ', { mark: 5 }],
  },
];
