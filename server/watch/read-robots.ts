import robotsParser from 'robots-parser';

/** The name that a site's robots.txt knows us by (RFC 9309, 2.2.1). */
export const PRODUCT_TOKEN = 'Gloss';

/** What a robots.txt says to us. */
export type Robots = {
  /** Whether we may fetch this address of the site that the file is of. */
  allows(url: string): boolean;
  /** Milliseconds that it asks to leave between two requests; 0 when it does not say. */
  readonly delayMs: number;
};

/** What a site says that has no robots.txt. */
export const NO_ROBOTS: Robots = { allows: () => true, delayMs: 0 };

/** Steps that matching an address against all rules may take; a file that would take more is made to hold us up. */
const MOST_STEPS = 50_000_000;
/** Nobody waits longer than this between two requests, whatever the file says. */
const LONGEST_DELAY_MS = 3_600_000;

/**
 * The lines that matter to us. Groups for others keep their place under one name: the parser gives each name of a group
 * a copy of its rules, and a file of a hundred thousand names would fill the memory. What is no line of a group (a
 * sitemap, say) does not end one.
 */
function relevantLines(text: string): string {
  const lines: string[] = [];
  /** The names that the group has so far, while its rules have not begun. */
  const named = new Set<string>();
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [, field = '', value = ''] = /^\s*([a-z-]+)\s*:([^#]*)/i.exec(line) ?? [];
    const name = field.toLowerCase();
    if (name === 'user-agent') {
      // As Google reads it: the name ends where letters, hyphens and underscores do.
      const token = value.trim() === '*' ? '*' : (/^[a-z_-]+/i.exec(value.trim())?.[0].toLowerCase() ?? '');
      const whose = token === '*' || token === PRODUCT_TOKEN.toLowerCase() ? token : 'others';
      if (!named.has(whose)) lines.push(`user-agent: ${whose}`);
      named.add(whose);
    } else if (name === 'allow' || name === 'disallow' || name === 'crawl-delay') {
      named.clear();
      lines.push(`${name}: ${value.trim().replace(/\*{2,}/g, '*')}`);
    }
  }
  return lines.join('\n');
}

/**
 * Reads the robots.txt of the site that `url` is on, as RFC 9309 has it: our own group counts, else the one for all; the
 * longest rule that fits decides. A file whose rules cannot be tried in reasonable time allows nothing.
 */
export function readRobots(url: string, text: string): Robots {
  const { origin } = new URL(url);
  const lines = relevantLines(text);
  const parsed = robotsParser(`${origin}/robots.txt`, lines);
  const delay = parsed.getCrawlDelay(PRODUCT_TOKEN) ?? 0;
  return {
    allows: (address) =>
      address.length * lines.length <= MOST_STEPS && (parsed.isAllowed(address, PRODUCT_TOKEN) ?? true),
    delayMs: Math.min(LONGEST_DELAY_MS, Math.max(0, delay * 1_000)),
  };
}
