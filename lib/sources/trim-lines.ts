/** Lines that pages put between and around an article, whatever the article says; each is matched against a whole line. */
const AROUND: readonly RegExp[] = [
  /^(?:story |article )?(?:continues?|continued)(?: reading)? below(?: (?:this )?advertisement)?$/i,
  /^(?:advertisement|anzeige|publicité|werbung|广告|広告)$/i,
  /^continue reading(?: below| the main story)?$/i,
  /^(?:read|show|view|see) (?:more|less)$/i,
  /^media playback is unsupported on your device$/i,
  /^(?:image|photo|slide) \d+ of ?\/? ?\d+$/i,
  /^(?:caption|close|enlarge image|view gallery|skip to (?:main )?content|click to (?:enlarge|play|expand))$/i,
  /^\(?(?:image|photo|picture|photograph|video|foto|bild|photograph(?:er|y))s?(?: credits?| courtesy| copyright| by| via)?(?: ?[:：©]| by | copyright )\s?.{1,90}$/i,
  /^\(?credits?(?:\.\.\.|…| ?[:：]).{1,80}$/i,
  /^(?:don['’]?t miss|see also|related|read more|more|also read|also on .{1,30})[:：.…]?$/i,
  /^(?:click here|tap here) (?:to|for) .{1,100}$/i,
  /^get .{1,60} (?:by clicking here|app)$/i,
  /^(?:please )?(?:sign up|subscribe|join|register)(?: now| here| today)?(?: (?:to|for|here) .{1,160})?[.!]?$/i,
  /^(?:like|enjoyed?) (?:this|the) (?:story|article|post)\?.{0,80}$/i,
  /^(?:want|need) more .{1,60}\? (?:subscribe|get|sign).{0,160}$/i,
  /^(?:follow|find|like) .{1,60} on (?:twitter|facebook|instagram|x|youtube|linkedin|mastodon|bluesky)\b.{0,120}$/i,
  /^\W{0,3}(?:first |last )?(?:published|updated|posted)(?: on)?[:：] .{0,60}\b\d{4}\b.{0,30}$/i,
  /^e-?mail .{1,40} at \S+@\S+ (?:or|and) follow .{1,120}$/i,
  /^(?:reach|contact) the (?:reporter|author|writer)s? (?:at|on|by) .{1,160}$/i,
  /^(?:breaking|daily|morning|weekly) news e?-?mails?$/i,
  /^get .{1,160} delivered .{1,80}$/i,
  /^.{0,120}\bsign up\b.{0,40}\bnewsletters?\b.{0,120}$/i,
];

/** How a line begins that then names another story. */
const ELSEWHERE =
  /^(?:related(?: (?:story|article|stories|articles|coverage|content|links?|video))?|read(?: more| also| next| on)?|read .{0,20}more|see(?: also| more)|more(?: on| from| about)?|also(?: read| on| see)|don['’]?t miss|watch|listen|video|must read|on [\p{L}\p{N} .]{3,40}|à lire(?: aussi)?|lire(?: aussi)?|mehr(?: zum thema)?|lesen sie auch|leia (?:também|mais)|lee también|leer más|相关(?:阅读|新闻)?)\s?[:：|>»–-]?\s/iu;

const TIME =
  /\b\d{1,2}[:.]\d{2}\s?(?:[ap]\.?m\.?)?\b|\b(?:19|20)\d{2}\b|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b|\b\d+ (?:minutes?|hours?|days?|weeks?) ago\b/i;
const WHEN =
  /\b(?:published|updated|posted|modified|created|publié|mis à jour|veröffentlicht|aktualisiert|publicado|atualizado|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)/i;

/** Whether a line is put into articles by their pages, and no part of them. */
export const isAround = (line: string): boolean => AROUND.some((pattern) => pattern.test(line));

/** Whether a line announces another story and links to it. */
export const leadsElsewhere = (line: string, linked: number): boolean =>
  line.length <= 240 && linked > 0.4 && ELSEWHERE.test(line);

/** Whether a line above an article says when it came out, who wrote it or where it stands, as its page does. */
export function isByTheLead(line: string): boolean {
  if (/^(?:https?:\/\/)\S+$/.test(line)) return true;
  if (line.length > 140 || /[.!?]["”’]?$/.test(line.replace(/\b[ap]\.m\.$/i, ''))) return false;
  if (TIME.test(line) && (WHEN.test(line) || line.length < 30)) return true;
  if (
    /^(?:[Bb]y|BY|[Vv]on|[Pp]ar|[Pp]or|Text:?) \p{Lu}[\p{L}.'’-]+(?: .{1,80})?$/u.test(line) &&
    line.length <= 90
  )
    return true;
  return /^(?:view author archive|e-?mail the author|follow on .{1,20}|(?:\d+ )?(?:min(?:ute)?s? read|min de lecture).{0,10}|tempo de leitura.{0,20}|share|print|save|comments?)$/i.test(
    line,
  );
}
