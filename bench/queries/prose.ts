import type { Random } from './random';

const words = (text: string) => text.trim().split(/\s+/);

const NOUNS = words(`
  report minister budget council water hospital contract inspector pipeline audit committee harbour school permit archive
  tender witness ledger bridge factory union farmer treaty court river railway ministry engineer turbine reservoir region
  district company official mayor journalist document statement meeting vote inquiry penalty supplier invoice warehouse
  vaccine laboratory sample regulator licence quarry mine forest fishery tariff subsidy pension wage strike landlord tenant
  mortgage bank loan auction bond deficit surplus ration border convoy garrison embassy visa passport customs cargo ferry
  lighthouse tunnel viaduct substation cable antenna satellite server password database algorithm camera ballot turnout
  constituency coalition amendment clause preamble verdict appeal plaintiff bailiff notary affidavit testimony transcript
  footnote appendix chronology rumour denial leak memo dossier courier cipher alibi motive suspect patrol barricade curfew
  drought flood glacier monsoon harvest orchard vineyard livestock abattoir bakery textile loom dye foundry smelter kiln`);
const VERBS = words(`
  reported denied approved delayed promised published questioned rejected signed opened closed funded inspected recorded
  confirmed withdrew announced postponed defended criticised counted measured repaired abandoned inherited leased audited
  corrected leaked archived translated summoned fined warned compensated rebuilt flooded exported imported taxed privatised`);
const QUALITIES = words(`
  public annual new regional secret former national unpaid independent final disputed early missing local foreign senior
  temporary illegal preliminary confidential rural coastal northern southern eastern western modern obsolete costly urgent
  fragile partial repeated unexplained informal binding provisional anonymous technical statutory municipal seasonal`);
const SYLLABLES = words(
  'bal dor ven kas mir tol esk fan gri hal jor lun mar nes ost pra rin sel tarn ul vek wis zor bren cal dun',
);
const ENDINGS = words('berg ford ton ia haven stad ville mouth dale ov ina ensk ola bridge field wick');
const FIRST = words(
  'Ada Inge Mirko Salma José Zoë Pavel Amara Lena Tomás Freya Kofi Nadia Björn Chidi Élise Hana Ivo Juno Klára',
);
const TIMES = words('January February March April May June July August September October November December');

/** A place that is on no map. */
export function place(random: Random): string {
  const name = random.pick(SYLLABLES) + random.pick(ENDINGS);
  return name[0]?.toUpperCase() + name.slice(1);
}

/** Somebody who never was. */
export function person(random: Random): string {
  return `${random.pick(FIRST)} ${place(random)}`;
}

const noun = (random: Random) => random.pickFirst(NOUNS);
const thing = (random: Random) =>
  random.next() < 0.6 ? `${random.pickFirst(QUALITIES)} ${noun(random)}` : noun(random);

/** A sentence such as reports are made of. */
export function sentence(random: Random): string {
  const verb = random.pickFirst(VERBS);
  switch (random.below(6)) {
    case 0:
      return `The ${thing(random)} of ${place(random)} ${verb} the ${thing(random)} in ${random.pick(TIMES)}.`;
    case 1:
      return `“The ${thing(random)} was never ${verb},” ${person(random)} said, “and no ${noun(random)} changes that.”`;
    case 2:
      return `In ${random.pick(TIMES)} the ${noun(random)} ${verb} ${random.below(900) + 2} ${noun(random)}s near ${place(random)}.`;
    case 3:
      return `According to the ${thing(random)}, ${person(random)} ${verb} a ${thing(random)} without a ${noun(random)}.`;
    case 4:
      return `Nobody at the ${noun(random)} in ${place(random)} had ${verb} the ${thing(random)} or its ${noun(random)}.`;
    default:
      return `A ${thing(random)} and a ${thing(random)} were ${verb} before the ${noun(random)} met.`;
  }
}

/** So many sentences in paragraphs. */
export function article(random: Random, sentences: number): string {
  let text = '';
  for (let at = 0; at < sentences; at += 1) {
    text += (at === 0 ? '' : at % 5 === 0 ? '\n\n' : ' ') + sentence(random);
  }
  return text;
}

/** A heading. */
export function headline(random: Random): string {
  const text = `${thing(random)} of ${place(random)} ${random.pickFirst(VERBS)}`;
  return text[0]?.toUpperCase() + text.slice(1);
}

/** The name of a code; no two numbers have the same. */
export function codeName(at: number): string {
  const quality = QUALITIES[at % QUALITIES.length] ?? '';
  return `${quality[0]?.toUpperCase()}${quality.slice(1)} ${NOUNS[(at * 7) % NOUNS.length]}`;
}
