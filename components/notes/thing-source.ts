import type { Claim } from '@/lib/claims/claim';
import type { ClaimStatus } from '@/lib/claims/status';
import type { Member } from '@/lib/members/member';
import type { Note } from '@/lib/notes/note';
import type { ReferenceKind } from '@/lib/notes/note-content';
import type { Source } from '@/lib/sources/source';

/** What a note may link to, as the page's store has it. */
export type Things = {
  readonly projectId: string;
  readonly claims: ReadonlyMap<string, Claim>;
  readonly claimStatuses: readonly ClaimStatus[];
  readonly sources: ReadonlyMap<string, Source>;
  readonly notes: ReadonlyMap<string, Note>;
  readonly members: ReadonlyMap<string, Member>;
  /** Some claims are still to come. */
  readonly isComing: boolean;
};

/** How a link to a thing is shown; `href` is null for a person, and for what is not there. */
export type ThingFacts = {
  readonly label: string;
  /** Behind the label: the status of a claim. */
  readonly remark: string;
  readonly href: string | null;
  readonly isHere: boolean;
};

/** How a kind of thing is called. */
export const THING_WORDS: Readonly<Record<ReferenceKind, string>> = {
  claim: 'Claim',
  source: 'Source',
  note: 'Note',
  person: 'Person',
};

/** The things behind a note's links, by the page's store; whoever shows one is told when they change. */
export class ThingSource {
  #things: Things | null = null;
  readonly #listeners = new Set<() => void>();

  update(things: Things): void {
    this.#things = things;
    for (const listener of this.#listeners) listener();
  }

  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  look(kind: string, id: string): ThingFacts {
    const gone = (label: string): ThingFacts => ({ label, remark: '', href: null, isHere: false });
    const things = this.#things;
    if (things === null) return gone('…');
    const root = `/projects/${things.projectId}`;
    const shown = (label: string, href: string | null, remark = ''): ThingFacts => ({
      label,
      remark,
      href,
      isHere: true,
    });
    if (kind === 'claim') {
      const claim = things.claims.get(id);
      if (!claim && things.isComing) return gone('…');
      if (!claim || claim.deleted !== null) return gone('A claim that was removed');
      const status = things.claimStatuses.find(({ key }) => key === claim.status)?.name ?? claim.status;
      return shown(claim.wording, `${root}/claims/${id}`, status);
    }
    if (kind === 'source') {
      const source = things.sources.get(id);
      if (!source || source.deleted !== null) return gone('A source that was removed');
      return shown(source.title, `${root}/sources/${id}`);
    }
    if (kind === 'note') {
      const note = things.notes.get(id);
      if (!note || note.deleted !== null) return gone('A note that was removed');
      return shown(note.title, note.sourceId ? `${root}/sources/${note.sourceId}` : `${root}/notes/${id}`);
    }
    const member = things.members.get(id);
    return member ? shown(`@${member.name}`, null) : gone('Somebody who left');
  }

  /** The things of these kinds whose label holds every word that was typed, at most so many. */
  find(
    kinds: readonly ReferenceKind[],
    query: string,
    most = 12,
  ): { kind: ReferenceKind; id: string; label: string }[] {
    const things = this.#things;
    if (things === null) return [];
    const wanted = query.toLowerCase().split(/\s+/u).filter(Boolean);
    const all: Record<ReferenceKind, Iterable<string>> = {
      claim: things.claims.keys(),
      source: things.sources.keys(),
      // A note beside a source is found by its source.
      note: [...things.notes.values()].flatMap(({ id, sourceId }) => (sourceId === null ? id : [])),
      person: things.members.keys(),
    };
    const found: { kind: ReferenceKind; id: string; label: string }[] = [];
    for (const kind of kinds) {
      for (const id of all[kind]) {
        if (found.length >= most) return found;
        const { label, isHere } = this.look(kind, id);
        const low = label.toLowerCase();
        if (isHere && wanted.every((word) => low.includes(word))) found.push({ kind, id, label });
      }
    }
    return found;
  }
}
