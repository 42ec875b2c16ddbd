'use client';
import { Plus } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useMemo, useState } from 'react';
import { whyNot } from '@/lib/access/why-not';
import { keyOf } from '@/lib/speakers/names';
import type { Speaker } from '@/lib/speakers/speaker';
import { useProject } from '../live/project-context';
import { Because } from '../ui/because';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { FormError } from '../ui/form-error';
import { call } from '../ui/http';
import { LongList } from '../ui/long-list';
import { PageBody } from '../ui/page-body';
import { PageHeading } from '../ui/page-heading';
import { TextField } from '../ui/text-field';
import { useAction } from '../ui/use-action';
import { useCall } from '../ui/use-call';

/** Everybody whose words the project quotes. */
export function SpeakersPage() {
  const { speakers, projectId, role, lastEventId } = useProject((state) => ({
    speakers: state.speakers,
    projectId: state.project.id,
    role: state.role,
    lastEventId: state.lastEventId,
  }));
  const [words, setWords] = useState('');
  const counted = useCall(
    (signal) => call('speaker.list', { params: { projectId }, signal }),
    String(lastEventId),
  );
  const quotes = useMemo(
    () => new Map((counted.data?.items ?? []).map((one) => [one.id, one.quotes])),
    [counted.data],
  );
  const all = useMemo(
    () => [...speakers.values()].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true })),
    [speakers],
  );
  const key = keyOf(words);
  const found = all.filter(({ name, aliases, role: does, affiliation }) =>
    [name, ...aliases, does, affiliation].some((text) => keyOf(text).includes(key)),
  );
  const reason = whyNot(role, 'speaker.create');
  return (
    <PageBody>
      <PageHeading title="Speakers">
        Whose words you quote. Each quote leads to one person or organisation, whatever a source calls them.
      </PageHeading>
      {reason === null ? <AddSpeaker projectId={projectId} /> : <Because reason={reason} />}
      {all.length === 0 ? (
        <EmptyState title="No speakers yet">
          Mark a quote with <kbd>q</kbd> and name who says it: a speaker comes with their first quote. What
          you correct once, for example <em>Berg</em> to <em>Karl Berg</em>, is known the next time.
        </EmptyState>
      ) : (
        <>
          {all.length > 8 ? (
            <TextField
              label="Find a speaker"
              labelHidden
              type="search"
              placeholder="A name, an alias or what they do"
              value={words}
              onChange={setWords}
              className="pt-6"
            />
          ) : null}
          <ul aria-label="Speakers" className="mt-6 border-t border-line">
            <LongList items={found}>
              {(speaker) => <SpeakerRow key={speaker.id} speaker={speaker} quotes={quotes.get(speaker.id)} />}
            </LongList>
          </ul>
          {found.length === 0 ? <p className="py-4 text-muted">Nobody is called so.</p> : null}
        </>
      )}
    </PageBody>
  );
}

function SpeakerRow({ speaker, quotes }: { speaker: Speaker; quotes: number | undefined }) {
  const speakers = useProject((state) => state.speakers);
  const belongs = speakers.get(speaker.affiliationId ?? '')?.name ?? speaker.affiliation;
  const about = [speaker.role, belongs].filter(Boolean).join(', ');
  return (
    <li className="relative flex items-baseline gap-4 border-b border-line py-2.5 hover:bg-hover">
      <div className="min-w-0 grow">
        <Link
          prefetch={false}
          href={`/projects/${speaker.projectId}/speakers/${speaker.id}`}
          className="rounded font-serif text-lg [overflow-wrap:anywhere] after:absolute after:inset-0"
        >
          {speaker.name}
        </Link>
        <p className="flex flex-wrap gap-x-3 text-[13px] text-muted">
          {about === '' ? null : <span>{about}</span>}
          {speaker.aliases.length === 0 ? null : <span>also {speaker.aliases.join(', ')}</span>}
          {speaker.isProtected ? <span>protected</span> : null}
        </p>
      </div>
      <span className="shrink-0 text-[13px] tabular-nums text-muted">
        {quotes === undefined ? '' : quotes === 1 ? '1 quote' : `${quotes} quotes`}
      </span>
    </li>
  );
}

function AddSpeaker({ projectId }: { projectId: string }) {
  const router = useRouter();
  const [name, setName] = useState('');
  const add = useAction(async () => {
    const made = await call('speaker.create', { params: { projectId }, body: { name } });
    router.push(`/projects/${projectId}/speakers/${made.id}`);
  });
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') void add.run();
      }}
    >
      <div className="flex items-end gap-2">
        <TextField label="New speaker" value={name} onChange={setName} maxLength={200} className="grow" />
        <Button type="submit" isDisabled={name.trim() === ''} isPending={add.busy}>
          <Plus aria-hidden className="size-4" />
          Add
        </Button>
      </div>
      <FormError>{add.error}</FormError>
    </form>
  );
}
