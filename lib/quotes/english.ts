import type { Language } from './language';
import { meanings, phrases, words } from './word-list';

/** English. Add a verb in each of its forms. */
export const ENGLISH: Language = {
  tag: 'en',
  saying: words(`
    say says said saying accuse accuses accused accusing tell tells told telling add adds added adding ask asks asked asking answer answers answered
    admit admits admitted admitting acknowledge acknowledges acknowledged agree agrees agreed
    allege alleges alleged announce announces announced argue argues argued arguing assert asserts asserted
    assure assures assured blame blames blamed boast boasts boasted call calls called calling
    caution cautions cautioned charge charges charged chide chides chided cite cites cited
    claim claims claimed claiming comment comments commented complain complains complained condemn condemns condemned conclude concludes concluded
    confess confesses confessed confirm confirms confirmed contend contends contended continue continued
    counter countered criticise criticised criticize criticized declare declares declared
    deem deems deemed demand demands demanded denounce denounced deny denies denied describe describes described
    dismiss dismissed emphasise emphasised emphasize emphasized exclaim exclaimed
    explain explains explained express expressed find finds insist insists insisted instruct instructed joke joked
    label labelled labeled lament lamented mention mentioned mock mocked mutter muttered note notes noted noting object objected
    observe observes observed pledge pledged post posts posted praise praised predict predicts predicted
    promise promises promised protest protested quip quips quipped read reads recall recalls recalled
    recount recounted refer refers referred remark remarks remarked remember remembers remembered reply replies replied
    report reports reported respond responds responded retort retorted reveal reveals revealed scream screamed
    shout shouted state states stated stating stress stresses stressed suggest suggests suggested sum sums summed
    swear swore testify testifies testified tweet tweets tweeted urge urges urged vow vows vowed
    warn warns warned warning whisper whispered wonder wonders wondered write writes wrote written writing yell yelled`),
  naming: words(
    'call calls called calling label labelled labeled deem deems deemed describe describes described refer refers',
  ),
  nouns: words(`
    answer charge counter claim claims comment comments demand demands find finds label note notes object post posts praise promise promises
    protest read reads report reports reply state states stress sum sums tweet tweets warning writing reveal`),
  gerund: /ing$/,
  past: /ed$/,
  base: /[^s]$/,
  adverb: /..ly$/,
  adverbs: words(`
    also then later once again now still first further previously recently repeatedly reportedly allegedly apparently purportedly
    supposedly all both only even simply just always often sometimes frequently usually never famously publicly privately
    rightly wrongly bluntly quietly angrily briefly finally further flatly openly merely really clearly beautifully`),
  auxiliaries: words('has have had having did does do ve d'),
  being: words('is are was were be been being s re'),
  modals: words('should would could might must may can will shall ll'),
  supposing: phrases(
    'as if to say | as though to say | as if saying | as though saying | as if he said | as if she said',
  ),
  hedges: words('reportedly allegedly apparently purportedly supposedly seemingly ostensibly'),
  according: phrases('according to'),
  obtained: phrases(
    'obtained by | seen by | reviewed by | published by | released by | leaked to | shared with',
  ),
  determiners: words(`
    the a an this that these those his her its their our my your some any each every one two three several many most other another
    no all both`),
  links: words('of for at from'),
  stops: words(`
    about above across after against along amid among and around as at because before behind below beneath beside between beyond
    but by despite down during except following for from if in inside into like near nor of off on once onto or out over past per
    since so than that though through throughout till to toward towards under unless until up upon when where whereas whether
    which while who whom whose why with within without yet not never is are was were be been being has have had do does did will
    would can could shall should may might must it he she they we i you him them us there here what how however meanwhile
    therefore also if then instead`),
  pronouns: meanings({
    man: 'he',
    woman: 'she',
    many: 'they',
    author: 'i',
    authors: 'we',
    thing: 'it this that you one',
  }),
  relatives: words('who which that'),
  firstPerson: words('i my me mine myself'),
  titles: meanings({
    man: 'mr sir lord king prince father mister sheikh',
    woman: 'mrs ms miss lady madam dame queen princess',
    anybody: `dr prof professor doctor president vice prime minister secretary senator sen rep representative congressman
      congresswoman gov governor mayor judge justice attorney general inspector deputy former chief director executive ceo cfo
      chairman chairwoman chair commissioner ambassador captain capt colonel col lieutenant lt sergeant sgt officer detective
      sheriff chancellor councillor councilman councilwoman speaker premier pope bishop archbishop cardinal reverend rev rabbi
      imam coach editor reporter analyst spokesman spokeswoman spokesperson skipper professor philosopher chemist engineer author
      artist historian economist scientist researcher lawyer lead senior assistant associate acting special counsel then-president
      leader commander admiral major king treasurer manager head president-elect`,
  }),
  organisations: words(`
    department ministry university institute institution bank agency office council board committee commission court party house
    bureau union association company corporation corp inc group foundation times post news party administration government
    police service center centre college school journal federation league organization organisation authority magazine society`),
  indefinites: words('a an'),
  agents: words('by'),
  particles: words('de la le van von der den del della di da du al el bin ibn bint ten ter dos das'),
  abbreviations: words(`
    mr mrs ms dr prof sen rep gov gen col lt sgt capt rev hon st jr sr inc ltd co corp vs no approx dept est fig jan feb mar apr
    jun jul aug sep sept oct nov dec`),
  times: words(`
    monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight january february march april may
    june july august september october november december earlier recently last`),
  inscriptions: words(
    'sign signs banner banners label labels placard placards poster posters button buttons plaque headline t-shirt',
  ),
  headlineSources: words('report reports study officials police source sources poll court'),
};
