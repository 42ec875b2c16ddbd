'use client';
import { FileText, Newspaper, Plus, Unlink } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { can } from '@/lib/access/can';
import { exactOf } from '@/lib/annotations/span';
import type { Source } from '@/lib/sources/source';
import { useActions, useProject } from '../live/project-context';
import { Avatar } from '../ui/avatar';
import { LongList } from '../ui/long-list';
import { useMarksIn } from '../versions/use-targets';
import { CodeList, type CodeListProps } from './code-list';
import { peopleHere } from './people';

/** So many sources and notes are named at first: the codes below them stay in reach. */
const SHOWN = 25;
/** So many orphans are named in the navigator itself. */
const SHOWN_ORPHANS = 5;

/** What else there is in the project: its sources, codes, notes and the people in it now. */
export function Navigator({ source, ...codes }: { source: Source } & CodeListProps) {
  const { sources, notes, project, role } = useProject((state) => ({
    sources: state.sources,
    notes: state.notes,
    project: state.project,
    role: state.role,
  }));
  const base = `/projects/${project.id}`;
  return (
    <div className="flex flex-col gap-6 px-3 py-4">
      <Section
        title="Sources"
        action={can(role, 'source.create') ? <AddLink href={base} label="Bring in a source" /> : null}
      >
        <LongList items={withHereFirst(sources, source.id)} step={SHOWN} grows="at a press">
          {(other) => (
            <Item
              key={other.id}
              href={`${base}/sources/${other.id}`}
              current={other.id === source.id}
              icon={<Newspaper aria-hidden className="size-4" />}
            >
              {other.title}
            </Item>
          )}
        </LongList>
      </Section>
      <Section
        title="Codes"
        action={
          <Link
            href={`${base}/codebook`}
            className="grid h-7 place-items-center rounded-md px-1.5 text-[13px] text-muted hover:bg-hover hover:text-ink"
          >
            Codebook
          </Link>
        }
      >
        <CodeList {...codes} />
      </Section>
      <Section
        title="Notes"
        action={can(role, 'note.create') ? <AddLink href={base} label="Start a note" /> : null}
      >
        <LongList items={[...notes.values()]} step={SHOWN} grows="at a press">
          {(note) => (
            <Item
              key={note.id}
              href={note.sourceId === source.id ? `${base}/sources/${source.id}` : `${base}/notes/${note.id}`}
              current={false}
              icon={<FileText aria-hidden className="size-4" />}
            >
              {note.title}
            </Item>
          )}
        </LongList>
      </Section>
      <Orphans source={source} />
      <People here={source.id} />
    </div>
  );
}

/** The sources in their order, but this one first where it would not be shown. */
function withHereFirst(sources: ReadonlyMap<string, Source>, id: string): Source[] {
  const all = [...sources.values()];
  const at = all.findIndex((one) => one.id === id);
  if (at < SHOWN) return all;
  return [...all.splice(at, 1), ...all];
}

function Section({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <div className="flex min-h-7 items-center justify-between px-2">
        <h2 className="text-[13px] font-medium text-muted">{title}</h2>
        {action}
      </div>
      <ul className="flex flex-col">{children}</ul>
    </section>
  );
}

function AddLink({ href, label }: { href: string; label: string }) {
  return (
    <Link
      href={href}
      aria-label={label}
      title={label}
      className="grid size-7 place-items-center rounded-md text-muted hover:bg-hover hover:text-ink"
    >
      <Plus aria-hidden className="size-4" />
    </Link>
  );
}

function Item({
  href,
  current,
  icon,
  children,
}: {
  href: string;
  current: boolean;
  icon: ReactNode;
  children: ReactNode;
}) {
  return (
    <li>
      <Link
        prefetch={false}
        href={href}
        aria-current={current ? 'page' : undefined}
        className="flex min-h-8 items-start gap-2 rounded-md px-2 py-1.5 text-[14px] leading-snug hover:bg-hover aria-[current=page]:bg-hover aria-[current=page]:font-medium"
      >
        <span className="mt-0.5 shrink-0 text-muted">{icon}</span>
        <span className="line-clamp-2 min-w-0">{children}</span>
      </Link>
    </li>
  );
}

/** Marks whose passage was taken out of the source: nothing is lost, and each can be put back. */
function Orphans({ source }: { source: Source }) {
  const orphans = useMarksIn(source.id, 'orphan');
  if (orphans.length === 0) return null;
  const report = `/projects/${source.projectId}/sources/${source.id}/report?orphans`;
  return (
    <Section title="Orphans">
      {orphans.slice(0, SHOWN_ORPHANS).map((mark) => (
        <Item
          key={mark.id}
          href={`${report}&mark=${mark.id}`}
          current={false}
          icon={<Unlink aria-hidden className="size-4" />}
        >
          {exactOf(mark)}
        </Item>
      ))}
      <li>
        <Link
          href={report}
          className="flex min-h-8 items-center rounded-md px-2 text-[13px] text-accent underline underline-offset-2"
        >
          {orphans.length === 1 ? 'Look at it' : `All ${orphans.length}, to filter and put back`}
        </Link>
      </li>
    </Section>
  );
}

function People({ here }: { here: string }) {
  const { follow } = useActions();
  const { presence, me, sources, notes, following } = useProject((state) => ({
    following: state.following,
    presence: state.presence,
    me: state.me,
    sources: state.sources,
    notes: state.notes,
  }));
  const people = peopleHere(presence, me.id);
  return (
    <Section title="Here now">
      {people.length === 0 ? <li className="px-2 py-1 text-[13px] text-muted">Only you</li> : null}
      {people.map((person) => {
        const place = placeOf(person, here, sources, notes);
        const content = (
          <>
            <Avatar userId={person.userId} name={person.name} />
            <span className="min-w-0">
              <span className="block truncate text-[14px]">{person.name}</span>
              <span className="block truncate text-[12px] text-muted">{place.words}</span>
            </span>
          </>
        );
        return (
          <li key={person.userId}>
            {place.source === null ? (
              <span className="flex items-center gap-2 px-2 py-1">{content}</span>
            ) : (
              <button
                type="button"
                title={`Follow ${person.name}: read where they read`}
                aria-pressed={person.userId === following}
                onClick={() => follow(person.userId === following ? null : person.userId)}
                className="flex w-full items-center gap-2 rounded-md px-2 py-1 text-start hover:bg-hover aria-pressed:bg-hover"
              >
                {content}
              </button>
            )}
          </li>
        );
      })}
    </Section>
  );
}

function placeOf(
  person: { sourceId: string | null; noteId: string | null },
  here: string,
  sources: ReadonlyMap<string, { title: string }>,
  notes: ReadonlyMap<string, { title: string }>,
): { source: string | null; words: string } {
  if (person.sourceId === here) return { source: here, words: 'in this source' };
  const source = sources.get(person.sourceId ?? '');
  if (source !== undefined) return { source: person.sourceId, words: source.title };
  const note = notes.get(person.noteId ?? '');
  if (note !== undefined) return { source: null, words: note.title };
  return { source: null, words: 'in this project' };
}
