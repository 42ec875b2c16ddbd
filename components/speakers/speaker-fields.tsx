'use client';
import { useState } from 'react';
import type { Speaker, SpeakerChange } from '@/lib/speakers/speaker';
import { useActions, useProject } from '../live/project-context';
import { useDeed } from '../live/use-deed';
import { Button } from '../ui/button';
import { FormError } from '../ui/form-error';
import { call } from '../ui/http';
import { Select } from '../ui/select';
import { TextField } from '../ui/text-field';
import { toast } from '../ui/toasts';

type Known = Pick<Speaker, 'name' | 'aliases' | 'role' | 'affiliation' | 'affiliationId'>;

const namesIn = (typed: string) =>
  typed
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);

/** What is known of a speaker, to be changed: of a protected one, with `known`, who they are. */
export function SpeakerFields({
  speaker,
  known = speaker,
  canChange,
  onEdit,
  onSaved,
}: {
  speaker: Speaker;
  known?: Known;
  canChange: boolean;
  /** Something was typed: what others change must not take it away. */
  onEdit?: () => void;
  onSaved?: () => void;
}) {
  const speakers = useProject((state) => state.speakers);
  const { did } = useActions();
  const [revision] = useState(speaker.revision);
  const [kind, setKind] = useState(speaker.kind);
  const [name, setName] = useState(known.name);
  const [aliases, setAliases] = useState(known.aliases.join(', '));
  const [role, setRole] = useState(known.role);
  const [affiliation, setAffiliation] = useState(known.affiliation);
  const [affiliationId, setAffiliationId] = useState(known.affiliationId);
  const edited =
    <V,>(set: (value: V) => void) =>
    (value: V) => {
      set(value);
      onEdit?.();
    };
  const save = useDeed(async () => {
    const told = namesIn(aliases);
    const isRenamed = name.trim() !== known.name && told.join() === known.aliases.join();
    const body: SpeakerChange = {
      kind,
      name,
      role,
      affiliation,
      affiliationId,
      // Left out, the old name is kept as an alias.
      ...(isRenamed ? {} : { aliases: told }),
    };
    const params = { projectId: speaker.projectId, speakerId: speaker.id };
    let at = (await call('speaker.update', { params, body, ifMatch: revision })).revision;
    // Who a protected speaker is stays out of what the page remembers.
    if (!speaker.isProtected) {
      const was: SpeakerChange = {
        kind: speaker.kind,
        name: known.name,
        aliases: [...known.aliases],
        role: known.role,
        affiliation: known.affiliation,
        affiliationId: known.affiliationId,
      };
      const change = (to: SpeakerChange) => async () => {
        at = (await call('speaker.update', { params, body: to, ifMatch: at })).revision;
      };
      did({ name: 'change of a speaker', undo: change(was), redo: change(body) });
    }
    toast({ text: 'Saved' });
    onSaved?.();
  });
  return (
    <form
      aria-label={`What is known of ${speaker.name}`}
      className="grid gap-3 sm:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault();
        void save.run();
      }}
    >
      <TextField
        label="Name"
        value={name}
        onChange={edited(setName)}
        maxLength={200}
        isReadOnly={!canChange}
        isRequired
      />
      <TextField
        label="Also called"
        hint="Separate names by commas. The quote finder knows them, too."
        value={aliases}
        onChange={edited(setAliases)}
        isReadOnly={!canChange}
      />
      <TextField
        label="Role"
        placeholder="auditor"
        value={role}
        onChange={edited(setRole)}
        maxLength={300}
        isReadOnly={!canChange}
      />
      <Select
        label="Kind"
        value={kind}
        isDisabled={!canChange}
        onChange={edited(setKind)}
        options={[
          { id: 'Person', label: 'Person' },
          { id: 'Organization', label: 'Organisation' },
        ]}
      />
      <Select
        label="Belongs to"
        value={affiliationId ?? 'none'}
        isDisabled={!canChange}
        onChange={edited((id: string) => setAffiliationId(id === 'none' ? null : id))}
        options={[
          { id: 'none', label: 'None of the speakers' },
          ...[...speakers.values()]
            .filter(({ id }) => id !== speaker.id)
            .map((one) => ({ id: one.id, label: one.name })),
        ]}
      />
      <TextField
        label="Or in words"
        placeholder="Ministry of Works"
        value={affiliation}
        onChange={edited(setAffiliation)}
        maxLength={300}
        isReadOnly={!canChange}
      />
      {canChange ? (
        <div className="flex flex-col items-start gap-2 sm:col-span-2">
          <Button type="submit" isPending={save.busy} isDisabled={name.trim() === ''}>
            Save
          </Button>
          <FormError>{save.error}</FormError>
        </div>
      ) : null}
    </form>
  );
}
