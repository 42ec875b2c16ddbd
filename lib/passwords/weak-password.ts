/** Letters at the ends of a password that change nothing: digits and signs, at most so many. */
const MOST_TRIMMED = 5;

/** What is looked up in a list: letters written alike are one. */
const folded = (text: string) => text.normalize('NFKC').toLowerCase();

/** A password without the digits and signs before and behind its words, where those are few. */
function coreOf(password: string): string {
  const core = password.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  return password.length - core.length <= MOST_TRIMMED ? core : password;
}

/** A chunk that a password is made of, over and over: `abcabcabc` is `abc`. `null` where it is none. */
function repeatedIn(password: string): string | null {
  return /^(.{1,12}?)\1+$/su.exec(password)?.[1] ?? null;
}

/** Whether each letter follows the one before it, up or down: `abcdefghij`, `9876543210`. */
function isRun(password: string): boolean {
  const codes = [...password].map((letter) => letter.codePointAt(0) as number);
  const step = (codes[1] ?? 0) - (codes[0] ?? 0);
  return (
    Math.abs(step) <= 1 && codes.every((code, at) => at === 0 || code - (codes[at - 1] as number) === step)
  );
}

/** Why a password is one of the first that are tried; `null` where nothing speaks against it. */
export type Weakness = 'common' | 'pattern' | 'yours';

/**
 * Whether a password is one that programs try first: it is on the list of common ones, or is one with a few digits or
 * signs around it, or twice; it is a run or a repetition; or it is the name or address of its owner, or of this program.
 * @param common Whether a password in lower case is on the list.
 * @param about Words that are known of the owner: their name, their address.
 */
export function weaknessOf(
  password: string,
  common: (password: string) => boolean,
  about: readonly string[] = [],
): Weakness | null {
  const whole = folded(password);
  const core = coreOf(whole);
  const chunk = repeatedIn(whole);
  const forms = [whole, core, ...(chunk ? [chunk] : [])];
  if (forms.some(common)) return 'common';
  const known = about.flatMap((text) => [folded(text), folded(text.split('@')[0] ?? '')]);
  if (forms.some((form) => form === 'gloss' || (form.length > 2 && known.includes(form)))) return 'yours';
  if (chunk !== null || isRun(whole)) return 'pattern';
  return null;
}
