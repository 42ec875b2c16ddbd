'use client';
import { Header, ListBox, ListBoxItem, ListBoxSection } from 'react-aria-components';
import type { NoteVersion } from '@/lib/notes/version';
import { Avatar } from '../../ui/avatar';
import { beforeRestorations, byDay, byWhom, timeOf, titleOf } from './version-words';

/** The kept states of a note by day, newest first: arrow keys go through them. */
export function VersionList({
  versions,
  chosen,
  onChoose,
}: {
  versions: readonly NoteVersion[];
  chosen: string | null;
  onChoose: (id: string) => void;
}) {
  const now = new Date();
  const before = beforeRestorations(versions);
  const whose = (version: NoteVersion) =>
    before.has(version.id) ? `${byWhom(version)}, before a version was brought back` : byWhom(version);
  return (
    <ListBox
      aria-label="Versions of the note"
      selectionMode="single"
      selectionBehavior="replace"
      disallowEmptySelection
      selectedKeys={chosen === null ? [] : [chosen]}
      onSelectionChange={(keys) => {
        const [key] = keys === 'all' ? [] : [...keys];
        if (key !== undefined) onChoose(String(key));
      }}
      onAction={(key) => onChoose(String(key))}
      className="flex flex-col gap-3 outline-none"
    >
      {byDay(versions, now).map(({ day, versions: those }) => (
        <ListBoxSection key={day} id={day}>
          <Header className="px-2 pb-1 text-[13px] font-medium text-muted">{day}</Header>
          {those.map((version) => (
            <ListBoxItem
              key={version.id}
              id={version.id}
              textValue={`${titleOf(version, now)}, ${whose(version)}`}
              className="flex min-h-11 cursor-pointer items-center gap-2 rounded-md px-2 py-1.5 outline-none hover:bg-hover data-[focus-visible]:outline-2 data-[focus-visible]:outline-accent data-[selected]:bg-accent-wash"
            >
              <span className="min-w-0 grow">
                {version.name === null ? null : (
                  <span className="block break-words font-medium">{version.name}</span>
                )}
                <span className={version.name === null ? 'tabular-nums' : 'text-[13px] text-muted'}>
                  {timeOf(version.at)}
                </span>
                <span className="block break-words text-[13px] text-muted">{whose(version)}</span>
              </span>
              <span className="flex shrink-0 -space-x-1">
                {version.authors.slice(0, 3).map(({ id, name }) => (
                  <Avatar key={id} userId={id} name={name} size={20} />
                ))}
              </span>
            </ListBoxItem>
          ))}
        </ListBoxSection>
      ))}
    </ListBox>
  );
}
