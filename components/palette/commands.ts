import { isOpen } from '@/lib/follow-ups/follow-up';
import type { ProjectState } from '../live/project-state';

/** Something the palette leads to. */
export type Command = {
  readonly id: string;
  readonly group:
    | 'Go to'
    | 'Do'
    | 'Sources'
    | 'Notes'
    | 'Claims'
    | 'Follow-ups'
    | 'Codes'
    | 'Passes'
    | 'Speakers';
  readonly name: string;
  readonly href: string;
};

/** The command that leads nowhere, but begins a follow-up. */
export const RAISE = 'raise follow-up';

const PAGES = [
  ['', 'Sources'],
  ['/codebook', 'Codebook'],
  ['/passes', 'Passes'],
  ['/quotes', 'Quotes'],
  ['/speakers', 'Speakers'],
  ['/claims', 'Claims'],
  ['/follow-ups', 'Follow-ups'],
  ['/notes', 'Notes'],
  ['/analysis', 'Analysis'],
  ['/contributions', 'Who did what'],
  ['/members', 'Members'],
  ['/activity', 'Activity'],
  ['/exchange', 'Bring in, take out (import, export)'],
  ['/settings', 'Settings'],
] as const;

/** Most of one group that are offered at once. */
const MOST = 8;

/**
 * What in a project fits some words, the best of each group first: names that begin with them, then names that have a
 * word that does, then those that hold them anywhere.
 */
export function findCommands(
  state: Pick<
    ProjectState,
    'project' | 'sources' | 'notes' | 'claims' | 'followUps' | 'codes' | 'speakers' | 'passes'
  >,
  typed: string,
): Command[] {
  const root = `/projects/${state.project.id}`;
  const wanted = fold(typed.trim());
  const groups: Command[][] = [
    PAGES.map(([path, name]) => ({ id: `page ${name}`, group: 'Go to', name, href: `${root}${path}` })),
    [{ id: RAISE, group: 'Do', name: 'Ask a question or set a task', href: '' }],
    [...state.sources.values()]
      .filter(({ deleted }) => deleted === null)
      .map(({ id, title }) => ({ id, group: 'Sources', name: title, href: `${root}/sources/${id}` })),
    [...state.notes.values()]
      .filter(({ deleted }) => deleted === null)
      .map(({ id, title, sourceId }) => ({
        id,
        group: 'Notes',
        name: title,
        href: sourceId === null ? `${root}/notes/${id}` : `${root}/sources/${sourceId}`,
      })),
    [...state.claims.values()]
      .filter(({ deleted }) => deleted === null)
      .map(({ id, wording }) => ({ id, group: 'Claims', name: wording, href: `${root}/claims/${id}` })),
    [...state.followUps.values()]
      .filter((one) => one.deleted === null && isOpen(one))
      .map(({ id, wording }) => ({
        id,
        group: 'Follow-ups',
        name: wording,
        href: `${root}/follow-ups?open=${id}`,
      })),
    [...state.codes.values()]
      .filter(({ deleted }) => deleted === null)
      .map(({ id, name }) => ({ id, group: 'Codes', name, href: `${root}/codebook?code=${id}` })),
    [...state.passes.values()].map(({ id, name }) => ({
      id,
      group: 'Passes',
      name,
      href: `${root}/passes/${id}`,
    })),
    [...state.speakers.values()].map(({ id, name }) => ({
      id,
      group: 'Speakers',
      name,
      href: `${root}/speakers/${id}`,
    })),
  ];
  return groups.flatMap((group) =>
    group
      .map((command) => ({ command, rank: rankOf(fold(command.name), wanted) }))
      .filter(({ rank }) => rank >= 0)
      .sort((a, b) => a.rank - b.rank)
      .slice(0, wanted === '' && group[0]?.group !== 'Go to' ? 4 : MOST)
      .map(({ command }) => command),
  );
}

function rankOf(name: string, wanted: string): number {
  if (wanted === '' || name.startsWith(wanted)) return 0;
  const at = name.indexOf(wanted);
  if (at < 0) return -1;
  return /[\p{L}\p{N}]/u.test(name.charAt(at - 1)) ? 2 : 1;
}

/** Without accents and case. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();
}
