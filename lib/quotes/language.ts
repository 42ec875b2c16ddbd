import { ENGLISH } from './english';
import { FRENCH } from './french';

/** What the rules know of a language: words in lower case, phrases as their words in order. */
export type Language = {
  /** A BCP 47 tag. */
  readonly tag: string;
  /** Forms of the verbs that give what somebody said or wrote, or what a document says. */
  readonly saying: ReadonlySet<string>;
  /** Of these, the ones that give a thing a name: what I or we call something is a term, nobody's words. */
  readonly naming: ReadonlySet<string>;
  /** Of these, the ones that are nouns as often: they count only where a subject stands right before them. */
  readonly nouns: ReadonlySet<string>;
  /** How a verb ends whose subject is that of another verb: "by saying". */
  readonly gerund: RegExp;
  /** How verbs of the past end: behind a name such a word is none of it. */
  readonly past: RegExp | null;
  /** How those nouns look that are verbs of several only: "officials report"; `null` where a language has no such sign. */
  readonly base: RegExp | null;
  /** What may stand between a subject and its verb. */
  readonly adverbs: ReadonlySet<string>;
  /** How other adverbs end. */
  readonly adverb: RegExp;
  readonly auxiliaries: ReadonlySet<string>;
  /** Forms of "to be": a verb behind one is passive, and its subject is not who speaks. */
  readonly being: ReadonlySet<string>;
  /** A verb behind one of these was not said: "we should say". */
  readonly modals: ReadonlySet<string>;
  /** Words that go before what nobody really said: "as if to say". */
  readonly supposing: readonly (readonly string[])[];
  readonly hedges: ReadonlySet<string>;
  /** "According to". */
  readonly according: readonly (readonly string[])[];
  /** "Obtained by". */
  readonly obtained: readonly (readonly string[])[];
  readonly determiners: ReadonlySet<string>;
  /** Prepositions that tie a noun to another: "the head of the agency". */
  readonly links: ReadonlySet<string>;
  /** Words that a group of words about one person does not reach across. */
  readonly stops: ReadonlySet<string>;
  /** A pronoun and whom it can mean. */
  readonly pronouns: ReadonlyMap<string, 'man' | 'woman' | 'many' | 'author' | 'authors' | 'thing'>;
  readonly relatives: ReadonlySet<string>;
  /** Words that show a passage to be somebody's own: "I", "my". */
  readonly firstPerson: ReadonlySet<string>;
  /** "Mr", and the offices that stand before a name. */
  readonly titles: ReadonlyMap<string, 'man' | 'woman' | 'anybody'>;
  /** Words that end the name of an organisation. */
  readonly organisations: ReadonlySet<string>;
  readonly indefinites: ReadonlySet<string>;
  /** What stands before who did it in the passive: "by". */
  readonly agents: ReadonlySet<string>;
  readonly particles: ReadonlySet<string>;
  readonly abbreviations: ReadonlySet<string>;
  readonly times: ReadonlySet<string>;
  /** Things that bear words and are nobody: "sign". */
  readonly inscriptions: ReadonlySet<string>;
  /** What a headline names as its source behind a colon. */
  readonly headlineSources: ReadonlySet<string>;
};

/** How many characters are looked at to tell the language. */
const LOOKED_AT = 20_000;

/** The language the rules are read in: by the tag where it is one we have, by the commonest words otherwise. */
export function languageFor(tag: string | null | undefined, text: string): Language {
  const primary = tag?.toLowerCase().split('-')[0];
  if (primary === 'fr') return FRENCH;
  if (primary === 'en') return ENGLISH;
  const words = text
    .slice(0, LOOKED_AT)
    .toLowerCase()
    .split(/[^\p{L}]+/u);
  const count = (of: readonly string[]) => words.filter((word) => of.includes(word)).length;
  return count(['le', 'les', 'des', 'et', 'une']) > count(['the', 'of', 'and', 'to', 'a']) ? FRENCH : ENGLISH;
}
