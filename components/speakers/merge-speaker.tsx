'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Speaker } from '@/lib/speakers/speaker';
import { useActions, useProject } from '../live/project-context';
import { useDeed } from '../live/use-deed';
import { Button } from '../ui/button';
import { FormError } from '../ui/form-error';
import { call } from '../ui/http';
import { Section } from '../ui/section';
import { Select } from '../ui/select';
import { toast } from '../ui/toasts';

/** Says that a speaker is another one, or takes somebody apart who was merged into this one. */
export function MergeSpeaker({ speaker }: { speaker: Speaker }) {
  const router = useRouter();
  const speakers = useProject((state) => state.speakers);
  const { did } = useActions();
  const [into, setInto] = useState('none');
  const { projectId } = speaker;
  const apart = (speakerId: string) => call('speaker.restore', { params: { projectId, speakerId } });
  const together = (speakerId: string, whom: string) =>
    call('speaker.merge', { params: { projectId, speakerId }, body: { into: whom } });
  const separate = useDeed(async (speakerId: string) => {
    await apart(speakerId);
    const undo = () => together(speakerId, speaker.id);
    did({ name: 'taking apart of speakers', undo, redo: () => apart(speakerId) });
  });
  const merge = useDeed(async () => {
    const stays = await together(speaker.id, into);
    const undo = () => apart(speaker.id);
    did({ name: 'merge of speakers', undo, redo: () => together(speaker.id, into) });
    toast({
      text: `${speaker.name} is ${stays.name} now`,
      action: { label: 'Undo', onPress: () => void separate.run(speaker.id) },
    });
    router.push(`/projects/${projectId}/speakers/${into}`);
  });
  const others = [...speakers.values()]
    .filter(({ id }) => id !== speaker.id)
    .sort((a, b) => a.name.localeCompare(b.name));
  if (speaker.isProtected && speaker.merged.length === 0) return null;
  if (others.length === 0 && speaker.merged.length === 0) return null;
  return (
    <Section
      title="The same as somebody else"
      about="Merged speakers are one: the names become aliases, and the quotes follow. It can be taken back at any time."
    >
      {speaker.merged.length === 0 ? null : (
        <ul aria-label="Merged speakers" className="flex flex-col">
          {speaker.merged.map(({ id, name }) => (
            <li key={id} className="flex items-center justify-between gap-3 border-b border-line py-1.5">
              <span className="min-w-0 truncate">{name || 'Somebody who is protected with them'}</span>
              <Button size="small" isPending={separate.busy} onPress={() => void separate.run(id)}>
                Take apart
              </Button>
            </li>
          ))}
        </ul>
      )}
      {speaker.isProtected || others.length === 0 ? null : (
        <div className="flex flex-wrap items-end gap-2">
          <Select
            label={`${speaker.name} is`}
            className="min-w-56 grow sm:grow-0"
            value={into}
            onChange={setInto}
            options={[
              { id: 'none', label: 'Choose a speaker…' },
              ...others.map(({ id, name }) => ({ id, label: name })),
            ]}
          />
          <Button isDisabled={into === 'none'} isPending={merge.busy} onPress={() => void merge.run()}>
            Merge
          </Button>
        </div>
      )}
      <FormError>{merge.error ?? separate.error}</FormError>
    </Section>
  );
}
