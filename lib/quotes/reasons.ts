import type { Attribution, Rule } from './attribution';
import type { Resolved } from './speakers';

type Facts = {
  attribution: Attribution;
  resolved: Resolved;
  verb: string | null;
  hedge: string | null;
  pieces: number;
};

const RULES: Readonly<Record<Rule, (who: string, verb: string) => string>> = {
  after: (who, verb) => `“${who}” and “${verb}” stand right behind it`,
  before: (who, verb) => `“${who}” and “${verb}” stand before it in the sentence`,
  by: (who, verb) => `the sentence says “${verb}” of it, by “${who}”`,
  tail: (who, verb) => `“${who}” and “${verb}” stand at the end of the sentence`,
  according: (who) => `the sentence says it is according to “${who}”`,
  colon: (who) => `it stands behind a colon in a sentence about “${who}”`,
  shared: (who, verb) => `“${who}” and “${verb}” stand behind the next quotation of the sentence`,
  list: (who, verb) => `it stands in a list behind “${who}” and “${verb}”`,
  'goes on': (who) => `it is a paragraph by itself, and “${who}” spoke last`,
  'own words': (who) => `it speaks as “I”, and “${who}” spoke last`,
  document: (who) => `it is a phrase, and what is said before is from “${who}”`,
  headline: (who) => `the headline names its source: “${who}”`,
};

/** Why a passage is taken for a quotation of its speaker, as a sentence for anybody. */
export function reasonFor({ attribution, resolved, verb, hedge, pieces }: Facts): string {
  const parts = [RULES[attribution.rule](attribution.subject.text, verb ?? '')];
  if (resolved.because !== null) parts.push(resolved.because);
  if (pieces > 1) parts.push(`its ${pieces} pieces are one quotation`);
  if (hedge !== null) parts.push(`“${hedge}” says that it is only reported`);
  const said = parts.join('; ');
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
}
