import { can } from '@/lib/access/can';
import { isOpen } from '@/lib/follow-ups/state';
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
  /** What it does where it stands, instead of leading somewhere. */
  readonly does?: Deed;
};

export type Deed = 'follow-up' | 'note' | 'undo' | 'redo' | 'theme';

/** What can be done from anywhere, for whom it is; an address opens the form on its own page. */
const DEEDS = [
  { name: 'Bring a source in', needs: 'source.create', path: '?do=bring-in' },
  { name: 'Ask a question or set a task', needs: 'follow-up.create', does: 'follow-up' },
  { name: 'Send pages from your browser', needs: 'source.create', outside: '/clip' },
  { name: 'Write a claim', needs: 'claim.create', path: '/claims?do=write' },
  { name: 'Start a note', needs: 'note.create', does: 'note' },
  { name: 'Start a pass', needs: 'pass.create', path: '/passes?do=start' },
  { name: 'Invite somebody', needs: 'invitation.create', path: '/members' },
  { name: 'Ask a guest', needs: 'guest-link.create', path: '/members?do=guest' },
  { name: 'Undo the last change', needs: null, does: 'undo' },
  { name: 'Redo what was undone', needs: null, does: 'redo' },
  { name: 'Switch between light and dark', needs: null, does: 'theme' },
] as const;

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
  ['/audit', 'Audit'],
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
    'project' | 'role' | 'sources' | 'notes' | 'claims' | 'followUps' | 'codes' | 'speakers' | 'passes'
  >,
  typed: string,
): Command[] {
  const root = `/projects/${state.project.id}`;
  const wanted = fold(typed.trim());
  const groups: Command[][] = [
    PAGES.map(([path, name]) => ({ id: `page ${name}`, group: 'Go to', name, href: `${root}${path}` })),
    [...DEEDS.filter(({ needs }) => needs === null || can(state.role, needs)), ...endsOf(state)].map(
      (deed) => ({
        ...{ id: `do ${deed.name}`, group: 'Do', name: deed.name },
        ...('does' in deed
          ? { href: '', does: deed.does }
          : {
              href: 'outside' in deed ? `${deed.outside}?project=${state.project.id}` : `${root}${deed.path}`,
            }),
      }),
    ),
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

/** How an owner puts the project away, or brings it back. */
function endsOf({ project: { role, archived } }: Pick<ProjectState, 'project'>) {
  if (!can(role, 'project.archive')) return [];
  const name = archived === null ? 'Archive the project' : 'Bring the project back from the archive';
  return [{ name, path: '/settings#archive' }];
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
