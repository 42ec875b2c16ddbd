/** How a line of page furniture is known. `heading`: it begins a part of the page; `line`: it stands for itself. */
type Rule = { readonly kind: 'heading' | 'line'; readonly reason: string; readonly pattern: RegExp };

const heading = (reason: string, pattern: RegExp): Rule => ({ kind: 'heading', reason, pattern });
const line = (reason: string, pattern: RegExp): Rule => ({ kind: 'line', reason, pattern });

const COMMENTS = 'the comments';

/** Each is matched against one whole line of at most `LONGEST` characters, white space collapsed, end marks gone. */
const RULES: readonly Rule[] = [
  heading(
    'a list of other stories',
    /^(?:popular in the community|what['’]?s hot|trending(?: now| stories| on .{1,40})?|most (?:read|popular|viewed|shared|commented)(?: .{1,30})?)$/i,
  ),
  heading(
    'a list of other stories',
    /^(?:related(?: articles?| stories| content| links?| topics| coverage| posts?| news)?|read (?:more|next|also)(?: (?:on|about|from) .{1,60})?|more (?:from|on|in|stories|news|coverage)(?: .{1,60})?|recommended(?: for you| stories| reading)?|you (?:may|might) (?:also )?(?:like|be interested in)|(?:around|from around|elsewhere on) the web|from our partners|(?:paid|promoted|sponsored) (?:content|stories|links|post)|editor['’]?s? picks?|latest (?:news|stories|headlines)|up next|keep reading|suggested (?:for you|reading)|in case you missed it|more like this|top stories)$/i,
  ),
  heading(
    COMMENTS,
    /^(?:(?:\d{1,6} )?comments?(?: ?\(\d{1,6}\))?|(?:join|view|see|start) the (?:conversation|discussion|comments)|leave a (?:comment|reply)|post a comment|(?:show|view|read|load)(?: all| more)?(?: \d{1,6})? comments?|\d{1,6} responses? to .{1,150})$/i,
  ),
  heading(
    'a newsletter sign-up',
    /^(?:(?:sign[- ]?up|subscribe)(?: (?:now|here|today|free))?(?: (?:for|to) .{1,80})?|(?:get|join|our) (?:the |our )?(?:daily |weekly |free |morning |email )*newsletters?(?: .{1,60})?|newsletters?(?: sign[- ]?up)?|get .{1,60} in your inbox|never miss a story)$/i,
  ),
  heading(
    'sharing and social links',
    /^(?:share(?: this)?(?: (?:article|story|post|page|on .{1,40}|via .{1,40}))?|follow (?:us|me)(?: on .{1,60})?|(?:like|find) us on .{1,40}|connect with us)$/i,
  ),
  heading(
    'the page’s footer',
    /^(?:about us|contact us|site ?map|quick links|company|legal|(?:more )?information)$/i,
  ),
  line(
    'the page’s footer',
    /^(?:(?:copyright|©|\(c\)) .{1,200}|.{0,160}all rights reserved|(?:terms|privacy|cookie)s?(?: (?:of (?:use|service)|and conditions|policy|notice|settings|preferences))?(?: (?:\||·|•|and|&) .{1,120})?|do not sell (?:or share )?my (?:personal )?(?:info|information)|accessibility(?: statement)?|advertise(?:ment)?(?: with us)?|careers|help|log ?in|sign in|back to top|print|e-?mail)$/i,
  ),
  line(
    'a cookie notice',
    /^(?:(?:this (?:site|website)|we(?: and our partners)?) uses? cookies.{0,200}|(?:accept|reject|manage)(?: all)? (?:cookies|choices|preferences)|by (?:continuing|using) .{1,80} (?:cookies|privacy policy).{0,120})$/i,
  ),
  heading(
    'a list of other stories',
    /^(?:(?:à|a) lire (?:aussi|également)(?: .{0,150})?|lire (?:aussi|la suite|également)(?: .{0,150})?|sur le même (?:sujet|thème)|les plus (?:lus|partagés|commentés)|dans la même rubrique|(?:nos|vos) (?:derniers )?articles|voir aussi|articles (?:liés|similaires|recommandés))$/i,
  ),
  heading(
    COMMENTS,
    /^(?:(?:\d{1,6} )?commentaires?(?: ?\(\d{1,6}\))?|réagir(?: à cet article)?|laisser un commentaire)$/i,
  ),
  heading(
    'a newsletter sign-up',
    /^(?:(?:inscrivez|abonnez)-vous(?: .{0,100})?|(?:recevez|s['’]inscrire à) .{0,60}newsletters?(?: .{0,60})?)$/i,
  ),
  heading(
    'sharing and social links',
    /^(?:partager(?: (?:cet article|sur .{1,40}))?|suivez-nous(?: sur .{1,40})?)$/i,
  ),
  line(
    'the page’s footer',
    /^(?:tous droits réservés.{0,80}|.{0,100}tous droits réservés|mentions légales|gérer les cookies|politique de confidentialité)$/i,
  ),
  heading(
    'a list of other stories',
    /^(?:(?:lesen sie|lies) (?:auch|mehr)(?: .{0,150})?|mehr (?:zum thema|aus .{1,40}|von .{1,40}|artikel)|meistgelesen(?:e artikel)?|das könnte (?:sie|dich) auch interessieren|ähnliche (?:artikel|beiträge)|weitere (?:artikel|themen|meldungen)|auch interessant)$/i,
  ),
  heading(
    COMMENTS,
    /^(?:(?:\d{1,6} )?kommentare?(?: ?\(\d{1,6}\))?|(?:diskutieren sie|kommentar (?:schreiben|verfassen)).{0,60})$/i,
  ),
  heading(
    'a newsletter sign-up',
    /^(?:newsletter (?:abonnieren|bestellen)|jetzt (?:abonnieren|anmelden).{0,60})$/i,
  ),
  heading('sharing and social links', /^(?:(?:artikel )?teilen|folgen sie uns(?: auf .{1,40})?)$/i),
  line(
    'the page’s footer',
    /^(?:.{0,100}alle rechte vorbehalten|impressum|datenschutz(?:erklärung)?|cookie-einstellungen|agb)$/i,
  ),
  heading(
    'a list of other stories',
    /^(?:相关(?:阅读|新闻|文章|推荐|报道)|(?:热门|推荐|延伸|精彩)(?:阅读|新闻|文章|推荐|排行)|猜你喜欢|更多(?:新闻|精彩|内容|阅读)|為您推薦|相關(?:閱讀|新聞|文章)|延伸閱讀|熱門(?:新聞|文章))$/,
  ),
  heading(COMMENTS, /^(?:(?:网友|最新|热门|全部)?评论(?: ?[（(]\d{1,8}[)）])?|我要评论|發表評論|留言)$/),
  heading(
    'sharing and social links',
    /^(?:分享(?:到|至|本文).{0,20}|扫码关注.{0,20}|关注我们.{0,20}|微信扫一扫.{0,20})$/,
  ),
  line(
    'the page’s footer',
    /^(?:版权(?:所有|声明).{0,80}|.{0,60}版权所有|責任編輯.{0,30}|[[（(]?责任编辑.{0,30}|免责声明.{0,80}|返回(?:顶部|首页))$/,
  ),
];

const LONGEST = 240;
/** Lines of prose that may stand below a heading before it is taken for a part of the article. */
const PROSE_AFTER = 3;
/** The least part of the text that must be article. */
const LEAST_KEPT = 0.3;

type Line = { readonly start: number; readonly text: string };

/** The last lines of the text that are not blank: furniture longer than that is not recognised. */
function lastLines(text: string, most: number): Line[] {
  const lines: Line[] = [];
  let end = text.length;
  while (end >= 0 && lines.length < most) {
    const start = end === 0 ? 0 : text.lastIndexOf('\n', end - 1) + 1;
    const raw = text.slice(start, Math.min(end, start + 4 * LONGEST));
    const lead = raw.length - raw.trimStart().length;
    const clean = raw.replace(/\s+/g, ' ').trim();
    if (clean !== '') lines.unshift({ start: start + lead, text: clean });
    end = start - 1;
  }
  return lines;
}

function ruleFor(text: string): Rule | null {
  if (text.length > LONGEST) return null;
  const bare = text.replace(/[\s:：.…»›>→]{1,8}$/, '');
  return RULES.find((rule) => rule.pattern.test(bare)) ?? null;
}

/** What a line of page furniture looks like, as a whole; `null` for any other line. White space is collapsed. */
export const furnitureOf = (line: string): string | null => ruleFor(line)?.reason ?? null;

/** Whether a line reads like running text: long, or a sentence with its end. */
export function isProse(text: string): boolean {
  const wide = text.length * (/[\u3040-\u30ff\u4e00-\u9fff]/.test(text) ? 2.5 : 1);
  return wide > 160 || (wide > 60 && /[.!?。！？…]["”’»）)]?$/.test(text));
}

/** Whether the line tells something, with so many lines of prose below it. Only comments may go on and on. */
function isEvidence(rule: Rule, proseBelow: number): boolean {
  if (rule.kind === 'line') return proseBelow === 0;
  return proseBelow <= PROSE_AFTER || rule.reason === COMMENTS;
}

/**
 * Where page furniture begins at the end of a text (UTF-16 units), and why it looks like that; `null` when the text
 * seems to end with the article. Careful by design: it is offered to a person, never cut unseen.
 */
export function findFurniture(text: string): { start: number; reason: string } | null {
  const lines = lastLines(text, 400);
  let found: { start: number; reason: string } | null = null;
  let prose = 0;
  for (const { start, text: words } of lines.toReversed()) {
    if (start < text.length * LEAST_KEPT) break;
    const rule = ruleFor(words);
    if (rule === null) {
      if (isProse(words)) prose += 1;
    } else if (isEvidence(rule, prose)) {
      found = { start, reason: `“${words.slice(0, 80)}” looks like ${rule.reason}` };
    }
  }
  return found;
}
