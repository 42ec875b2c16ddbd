/** A quotation by its first words, and who says it: the name in full, or what else would be right to store. */
export type Label = readonly [firstWords: string, ...speakers: string[]];

export type Labelled = {
  readonly page: string;
  /** The rules were chosen on the one half, the other is reported. */
  readonly half: 'chosen' | 'reported';
  /** In the order of the text. */
  readonly quotations: readonly Label[];
  /** First words of later pieces of split quotations: no quotations of their own. */
  readonly pieces: readonly string[];
  /** Passages that people may disagree about: neither missed nor wrong. Discussed in decision 17. */
  readonly disputed: readonly string[];
};

const SESSIONS = ['Jeff Sessions', 'then-attorney general'] as const;
const REPORT = [
  'report',
  'draft report',
  'draft inspector general’s report',
  'inspector general’s draft report',
] as const;
const BILL = 'le projet de loi';

/** By hand, from the canonical texts of the pages: everything in quotation marks that the text says somebody said or wrote. */
export const LABELS: readonly Labelled[] = [
  {
    page: 'article.txt',
    half: 'chosen',
    quotations: [
      ['Were A Driving Force', 'Report', 'Michael Horowitz'],
      ['We need to take away', ...SESSIONS],
      ['a driving force', 'Michael Horowitz', ...REPORT],
      ['We need to take away', ...SESSIONS],
      ['instructed that, per', 'Rod Rosenstein'],
      ['were aware that full', ...REPORT],
      ['and that the prosecution', ...REPORT],
      ['a single-minded focus', 'Michael Horowitz'],
      ['It is the hope', 'Border Patrol official'],
      ['contains numerous factual', 'DOJ spokesperson'],
      ['While DOJ is responsible', 'DOJ spokesperson'],
    ],
    pieces: ['Finally, both the timing'],
    disputed: [],
  },
  {
    page: 'bbc-1',
    half: 'chosen',
    quotations: [
      ['common sense gun', 'Barack Obama'],
      ['distressing', 'Barack Obama'],
      ['even in the face', 'Barack Obama'],
      ['bluntly', 'Barack Obama'],
      ['most frustrated', 'Barack Obama'],
      ['If you look at the number', 'Barack Obama'],
      ['For us not to be able', 'Barack Obama'],
      ['politics in this town', 'Barack Obama'],
      ['legitimate and deserve', 'Barack Obama'],
      ['will have a different view', 'Barack Obama'],
      ['There are going to be', 'Barack Obama'],
      ['every president, every', 'Barack Obama'],
      ['One of my strengths', 'Barack Obama'],
      ['I am not a fan', 'Barack Obama'],
      ['Well, they', 'Barack Obama'],
    ],
    pieces: [],
    disputed: [],
  },
  {
    page: 'citylab-1',
    half: 'chosen',
    quotations: [
      ['When we hear the word', 'Luis de Miranda'],
      ['In the 1960s, the Soviets', 'Luis de Miranda'],
      ['Since then, [neon', 'Luis de Miranda'],
    ],
    pieces: ['Because consumer shops', 'Today, they sometimes'],
    disputed: ['Glory to Communism', 'neon century'],
  },
  {
    page: 'aclu',
    half: 'chosen',
    quotations: [
      ['We use the information', 'Facebook'],
      ['opt out" of their', 'some advertisers'],
      ['interest-based ads', 'advertisers', 'some advertisers'],
    ],
    pieces: [],
    disputed: ['consent" —'],
  },
  {
    page: 'liberation-1',
    half: 'chosen',
    quotations: [
      [
        'd’encore plus de 200',
        'Laurent Fabius',
        'le ministre des Affaires étrangères',
        'Les autorités françaises',
      ],
      ['Pour certains d', 'Laurent Fabius'],
      ['les plus éprouvés', 'le ministère des Affaires étrangères'],
      ['plus vulnérables', 'le ministère des Affaires étrangères'],
    ],
    pieces: [],
    disputed: [],
  },
  {
    page: 'seattletimes-1',
    half: 'reported',
    quotations: [
      ['When you look at nice', 'Wade Bassi'],
      ['Whole Foods is one of', 'Wade Bassi'],
      ['You won’t recognize', 'Tom Forte'],
      ['I was shocked', 'Tyler Besecker'],
      ['as low as I', 'Tyler Besecker'],
      ['They might be selling', 'Tyler Besecker'],
      ['They were the first ones', 'Bob Alverson'],
      ['that people are watching', 'Bob Alverson'],
      ['hundreds of millions', 'Whole Foods', 'the company'],
      ['Do they take the profit', 'Tom Forte'],
      ['That’s why they need', 'Tom Forte'],
      ['The worry with that', 'Ananth Iyer'],
      ['That’s a powerful', 'Tom Forte'],
      ['so wildly expensive', 'Tom Forte'],
      ['price distinction', 'John Mackey'],
      ['It’s a big range', 'Wade Bassi'],
      ['It’s Seattle old school', 'Bob Alverson'],
    ],
    pieces: ['And it is flaky', 'But you know', 'It turned into', 'Grocery’s a very', 'The sustainable, the'],
    disputed: ['First of the Season', 'New lower prices'],
  },
  {
    page: 'nytimes-1',
    half: 'reported',
    quotations: [
      ['appalled', 'Eric Reeves'],
      ['There is no reason', 'Eric Reeves'],
      ['deal with the devil', 'Eric Reeves'],
    ],
    pieces: ['These guys are the worst'],
    disputed: [],
  },
  {
    page: 'lemonde-1',
    half: 'reported',
    quotations: [
      ['mémorandum argumenté', 'Pouria Amirshahi'],
      ['l’indépendance nationale', BILL],
      ['la prévention du terrorisme', BILL],
      ['intérêts majeurs', BILL],
      ['prévention des atteintes', BILL],
      ['la criminalité et', BILL],
      ['détecter une menace', BILL],
      ['entre les mailles', 'le gouvernement'],
      ['donne au premier', 'la loi', BILL],
    ],
    pieces: [],
    disputed: [],
  },
  {
    page: 'medium-1',
    half: 'reported',
    quotations: [
      ['what should we be doing', 'We'],
      ['how do we use the web', 'We'],
      ['print advertising is', 'They', 'many students', 'many students at other papers'],
    ],
    pieces: [],
    disputed: [
      'becoming a journalist',
      'what is possible?',
      'what can be done?',
      'how are photo',
      'how do we receive',
      'what formats do',
      'what type of screens',
      'how are the designers',
    ],
  },
  {
    page: 'keep-tabular-data',
    half: 'reported',
    quotations: [['swampy mess', 'Others']],
    pieces: [],
    disputed: [],
  },
  { page: 'wikipedia-3', half: 'reported', quotations: [], pieces: [], disputed: [] },
];
