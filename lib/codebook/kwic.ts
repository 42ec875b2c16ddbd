/** UTF-16 units shown on each side of a passage, and of the passage itself before its middle is left out. */
const BESIDE = 70;
const LONGEST = 240;

/**
 * A passage in its context on one line: white space becomes single spaces, the context is cut at words, and of a long
 * passage the middle is left out.
 */
export function kwicOf(said: { prefix: string; exact: string; suffix: string }): {
  before: string;
  exact: string;
  after: string;
} {
  return {
    before: endOf(line(said.prefix)),
    exact: shortened(line(said.exact).trim()),
    after: startOf(line(said.suffix)),
  };
}

function line(text: string): string {
  return text.replace(/\s+/gu, ' ');
}

function startOf(text: string): string {
  if (text.length <= BESIDE) return text;
  const cut = text.slice(0, BESIDE);
  const space = cut.lastIndexOf(' ');
  return `${whole(space > BESIDE / 2 ? cut.slice(0, space) : cut)}…`;
}

function endOf(text: string): string {
  if (text.length <= BESIDE) return text;
  const cut = text.slice(-BESIDE);
  const space = cut.indexOf(' ');
  return `…${whole(space !== -1 && space < BESIDE / 2 ? cut.slice(space + 1) : cut)}`;
}

function shortened(text: string): string {
  if (text.length <= LONGEST) return text;
  const half = LONGEST / 2;
  return `${whole(text.slice(0, half)).trimEnd()} … ${whole(text.slice(-half)).trimStart()}`;
}

/** Without half a character at either end. */
function whole(text: string): string {
  return text.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '');
}
