'use client';
import Link from 'next/link';
import { useState } from 'react';
import { can } from '@/lib/access/can';
import type { SpeakerAnswer } from '@/lib/speakers/speaker';
import { useActions, useProject } from '../live/project-context';
import { useDeed } from '../live/use-deed';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { FormError } from '../ui/form-error';
import { call } from '../ui/http';
import { Spinner } from '../ui/progress';
import { Section } from '../ui/section';
import { toast } from '../ui/toasts';
import { useCall } from '../ui/use-call';
import { VariableValues } from '../variables/variable-values';
import { MergeSpeaker } from './merge-speaker';
import { Protection } from './protection';
import { SpeakerFields } from './speaker-fields';

const SHOWN = 50;

/** A speaker: what they are called, what is known of them, their quotes, and whether they are protected. */
export function SpeakerPage({ speakerId }: { speakerId: string }) {
  const { projectId, lastEventId, role, isClosed } = useProject((state) => ({
    projectId: state.project.id,
    lastEventId: state.lastEventId,
    role: state.role,
    isClosed: state.connection === 'closed',
  }));
  const [editing, setEditing] = useState<number | null>(null);
  const params = { projectId, speakerId };
  const read = useCall((signal) => call('speaker.get', { params, signal }), String(lastEventId));
  const quotes = useCall(
    (signal) =>
      call('quote.list', { params: { projectId }, query: { speaker: speakerId, limit: SHOWN }, signal }),
    String(lastEventId),
  );
  const speaker = read.data;
  const all = `/projects/${projectId}/speakers`;
  if (speaker === null || speaker.deleted !== null)
    return (
      <div className="mx-auto w-full max-w-3xl px-4 py-8">
        {speaker === null && read.error === null ? (
          <Spinner label="Opening" />
        ) : (
          <EmptyState
            title={speaker === null ? (read.error ?? '') : 'This speaker was taken away'}
            action={
              <Link href={all} className="text-accent underline underline-offset-2">
                All speakers
              </Link>
            }
          />
        )}
      </div>
    );
  const may = (action: Parameters<typeof can>[1]) => !isClosed && can(role, action);
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-8 px-4 py-8">
      <header className="flex flex-col gap-2">
        <p className="text-[14px]">
          <Link href={all} className="rounded text-accent underline underline-offset-2">
            Speakers
          </Link>
        </p>
        <h1 className="break-words font-serif text-[28px] font-semibold leading-tight">{speaker.name}</h1>
        <p className="text-muted">
          {speaker.kind === 'Organization' ? 'Organisation' : 'Person'}
          {speaker.isProtected ? ', shown to everybody by this pseudonym' : ''}
          {speaker.aliases.length > 0 ? `, also called ${speaker.aliases.join(', ')}` : ''}
        </p>
      </header>
      <Quotes items={quotes.data?.items ?? null} total={speaker.quotes} speaker={speaker} />
      {speaker.isProtected ? null : (
        <Section title="What is known">
          <SpeakerFields
            key={editing ?? speaker.revision}
            speaker={speaker}
            canChange={may('speaker.update')}
            onEdit={() => setEditing((before) => before ?? speaker.revision)}
            onSaved={() => setEditing(null)}
          />
        </Section>
      )}
      {speaker.isProtected ? null : <VariableValues of="speaker" subjectId={speaker.id} />}
      {may('speaker.merge') ? <MergeSpeaker speaker={speaker} /> : null}
      <Protection speaker={speaker} canProtect={may('speaker.protect')} />
      {may('speaker.delete') && speaker.quotes === 0 ? <TakeAway speaker={speaker} /> : null}
    </div>
  );
}

type Rows = Awaited<ReturnType<typeof call<'quote.list'>>>['items'];

function Quotes({ items, total, speaker }: { items: Rows | null; total: number; speaker: SpeakerAnswer }) {
  const root = `/projects/${speaker.projectId}`;
  if (items === null) return <Spinner label="Reading the quotes" />;
  return (
    <Section title={total === 1 ? '1 quote' : `${total} quotes`}>
      {items.length === 0 ? <p className="text-muted">Nothing is quoted of them.</p> : null}
      <ul aria-label="Quotes" className="flex flex-col">
        {items.map(({ id, source, exact }) => (
          <li key={id} className="relative border-b border-line py-2.5 hover:bg-hover">
            <Link
              href={`${root}/sources/${source.id}?mark=${id}`}
              className="line-clamp-3 rounded font-serif text-[16px] leading-snug after:absolute after:inset-0"
            >
              {exact}
            </Link>
            <span className="text-[13px] text-muted">
              {source.title}
              {id === speaker.firstMentionId ? ', first mention' : ''}
            </span>
          </li>
        ))}
      </ul>
      {total > items.length ? (
        <Link href={`${root}/quotes`} className="text-accent underline underline-offset-2">
          All in the table of quotes
        </Link>
      ) : null}
    </Section>
  );
}

function TakeAway({ speaker }: { speaker: SpeakerAnswer }) {
  const params = { projectId: speaker.projectId, speakerId: speaker.id };
  const { did } = useActions();
  const [isSure, setIsSure] = useState(false);
  const back = () => call('speaker.restore', { params });
  const away = () => call('speaker.delete', { params });
  const remove = useDeed(async () => {
    await away();
    did({ name: 'removal of a speaker', undo: back, redo: away });
    toast({
      text: `${speaker.name} was taken away`,
      action: { label: 'Undo', onPress: () => void back().catch(reportError) },
    });
  });
  return (
    <div className="flex flex-col items-start gap-2">
      <Button
        look={isSure ? 'danger' : 'quiet'}
        isPending={remove.busy}
        onPress={() => (isSure ? void remove.run() : setIsSure(true))}
      >
        {isSure ? `Take ${speaker.name} away` : 'Take this speaker away'}
      </Button>
      <FormError>{remove.error}</FormError>
    </div>
  );
}
