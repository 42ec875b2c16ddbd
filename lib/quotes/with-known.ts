import type { Known, Proposal } from './proposal';

/** A speaker as people corrected it, or the only known speaker whose name ends so: "Dr. Ana Reyes" for "Ana Reyes". */
export function asKnown(name: string, { aliases, speakers = [] }: Known): string {
  const lower = name.toLowerCase();
  const alias = aliases?.get(lower);
  if (alias !== undefined || lower === name) return alias ?? name;
  const same = speakers.filter((each) => each.toLowerCase().endsWith(` ${lower}`));
  return same.length === 1 ? (same[0] ?? name) : name;
}

/** Proposals with the speakers that are known, and a reason that says so. */
export function withKnown(proposals: readonly Proposal[], known: Known): Proposal[] {
  return proposals.map((proposal) => {
    const speaker = asKnown(proposal.speaker, known);
    if (speaker === proposal.speaker) return proposal;
    const because = `“${proposal.speaker}” is known as “${speaker}” in this project`;
    return { ...proposal, speaker, reason: `${proposal.reason.slice(0, -1)}; ${because}.` };
  });
}
