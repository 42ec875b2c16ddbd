'use client';
import { Eye, ShieldCheck } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Identity, SpeakerAnswer } from '@/lib/speakers/speaker';
import { useProject } from '../live/project-context';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/checkbox';
import { FormError } from '../ui/form-error';
import { call } from '../ui/http';
import { Section } from '../ui/section';
import { TextField } from '../ui/text-field';
import { toast } from '../ui/toasts';
import { useAction } from '../ui/use-action';
import { SpeakerFields } from './speaker-fields';

const ABOUT =
  'A protected speaker is shown to everybody by a pseudonym: in quotes, lists, notes, search, exports and in what happened before. Only the members you name can open who they are. What a source’s own text says is not changed.';

/** Whether a speaker is protected, who they are for those who may know, and how that is changed. */
export function Protection({ speaker, canProtect }: { speaker: SpeakerAnswer; canProtect: boolean }) {
  const [identity, setIdentity] = useState<Identity | null>(null);
  const params = { projectId: speaker.projectId, speakerId: speaker.id };
  const show = useAction(async () => setIdentity(await call('speaker.identity', { params })));
  const reveal = useAction(async () => {
    await call('speaker.unprotect', { params, ifMatch: speaker.revision });
    toast({ text: 'Everybody can see who they are again' });
  });
  // What was opened does not stay on screen when it is another's to see.
  useEffect(() => {
    if (!speaker.mayIdentify) setIdentity(null);
  }, [speaker.mayIdentify]);
  if (!speaker.isProtected) {
    if (!canProtect) return null;
    return (
      <Section title="Protection" about={ABOUT}>
        <ProtectForm key={speaker.id} speaker={speaker} identity={null} />
      </Section>
    );
  }
  return (
    <Section title="Protection" about={ABOUT}>
      {speaker.mayIdentify ? null : (
        <p className="text-[14px]">You are not among those who know who this is.</p>
      )}
      {speaker.mayIdentify && identity === null ? (
        <Button className="self-start" isPending={show.busy} onPress={() => void show.run()}>
          <Eye aria-hidden className="size-4" />
          Show who this is
        </Button>
      ) : null}
      {identity === null ? null : (
        <div className="flex flex-col gap-6 rounded-lg border border-line p-4">
          <SpeakerFields
            key={`known ${identity.name}`}
            speaker={speaker}
            known={identity}
            canChange={canProtect}
            onSaved={() => void show.run()}
          />
          {canProtect ? (
            <ProtectForm key={`form ${speaker.revision}`} speaker={speaker} identity={identity} />
          ) : (
            <p className="text-[14px] text-muted">
              Known to {identity.visibleTo.map(({ name }) => name).join(', ')}
            </p>
          )}
          <div className="flex flex-wrap gap-2">
            <Button onPress={() => setIdentity(null)}>Hide again</Button>
            {canProtect ? (
              <Button look="danger" isPending={reveal.busy} onPress={() => void reveal.run()}>
                End the protection
              </Button>
            ) : null}
          </div>
        </div>
      )}
      <FormError>{show.error ?? reveal.error}</FormError>
    </Section>
  );
}

function ProtectForm({ speaker, identity }: { speaker: SpeakerAnswer; identity: Identity | null }) {
  const { members, me } = useProject((state) => ({ members: state.members, me: state.me.id }));
  const people = [...members.values()].sort((a, b) => a.name.localeCompare(b.name));
  const [pseudonym, setPseudonym] = useState(identity === null ? '' : speaker.name);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () =>
      new Set(
        identity?.visibleTo.map(({ id }) => id) ?? [
          me,
          speaker.creator.id,
          ...people.filter(({ role }) => role === 'owner').map(({ userId }) => userId),
        ],
      ),
  );
  const save = useAction(async () => {
    const params = { projectId: speaker.projectId, speakerId: speaker.id };
    const visibleTo = people.flatMap(({ userId }) => (chosen.has(userId) ? [userId] : []));
    await call('speaker.protect', { params, body: { pseudonym, visibleTo }, ifMatch: speaker.revision });
    toast({ text: `Shown as ${pseudonym.trim()} from now on` });
  });
  return (
    <form
      aria-label="Protection"
      className="flex flex-col items-start gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void save.run();
      }}
    >
      <TextField
        label="Pseudonym"
        hint="As agreed with them, for example: a clerk of the ministry."
        value={pseudonym}
        onChange={setPseudonym}
        maxLength={200}
        className="w-full sm:w-96"
        isRequired
      />
      <fieldset className="flex flex-col gap-1">
        <legend className="pb-1 text-[13px] font-medium">Who may know who this is</legend>
        {people.map(({ userId, name }) => (
          <Checkbox
            key={userId}
            isSelected={chosen.has(userId)}
            isDisabled={userId === me}
            onChange={(isOn) => {
              const next = new Set(chosen);
              if (isOn) next.add(userId);
              else next.delete(userId);
              setChosen(next);
            }}
          >
            {userId === me ? `${name} (you)` : name}
          </Checkbox>
        ))}
      </fieldset>
      <Button type="submit" isPending={save.busy} isDisabled={pseudonym.trim() === ''}>
        <ShieldCheck aria-hidden className="size-4" />
        {identity === null ? 'Protect this speaker' : 'Save the protection'}
      </Button>
      <FormError>{save.error}</FormError>
    </form>
  );
}
