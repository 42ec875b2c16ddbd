'use client';
import { ShieldCheck } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useProject } from '@/components/live/project-context';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Dialog } from '@/components/ui/dialog';
import { FormError } from '@/components/ui/form-error';
import { call } from '@/components/ui/http';
import { TextField } from '@/components/ui/text-field';
import { toast } from '@/components/ui/toasts';
import { useAction } from '@/components/ui/use-action';
import type { SourceProtectionAnswer } from '@/lib/sources/protection';
import type { Source } from '@/lib/sources/source';
import { momentOf, timeFieldOf } from './embargo-time';
import { ProtectedPassages } from './protected-passages';
import { WhoMay } from './who-may';

/** Closes a source until a time, or its file, to all but those who are named; or says who can. */
export function ProtectSource({ source, onClose }: { source: Source; onClose: () => void }) {
  const [known, setKnown] = useState<SourceProtectionAnswer | null>(null);
  const params = { projectId: source.projectId, sourceId: source.id };
  const look = useAction(async () => setKnown(await call('source-protection.get', { params })));
  // Asked for once, as the dialog opens.
  useEffect(() => void look.run(), [look.run]);
  return (
    <Dialog title="Protect this source" isOpen onClose={onClose}>
      <p className="text-[14px] text-muted">
        Owners of the project always see everything. Who looks into a protected source is written to the audit
        log.
      </p>
      {known === null ? (
        <p role="status" className="text-[14px] text-muted">
          {look.error === null ? 'Looking up what protects it…' : ''}
        </p>
      ) : known.isNamed ? (
        <ProtectForm source={source} known={known} onChange={setKnown} onClose={onClose} />
      ) : (
        <p className="text-[14px]">
          {known.passages ? 'Passages of its text are' : 'Its file is'} protected, and you are not among those
          who are named. Ask an owner of the project.
        </p>
      )}
      <FormError>{look.error}</FormError>
    </Dialog>
  );
}

function ProtectForm({
  source,
  known,
  onChange,
  onClose,
}: {
  source: Source;
  known: SourceProtectionAnswer;
  onChange: (now: SourceProtectionAnswer) => void;
  onClose: () => void;
}) {
  const { members, me } = useProject((state) => ({ members: state.members, me: state.me.id }));
  const isProtected = known.file || known.embargoUntil !== null;
  const [hasEmbargo, setHasEmbargo] = useState(known.embargoUntil !== null);
  const [until, setUntil] = useState(() => timeFieldOf(known.embargoUntil));
  const [file, setFile] = useState(known.ownFile);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set([me, ...(isProtected ? known.visibleTo.map(({ id }) => id) : [source.creator.id])]),
  );
  const params = { projectId: source.projectId, sourceId: source.id };
  const moment = hasEmbargo ? momentOf(until) : null;
  const save = useAction(async () => {
    const visibleTo = [...chosen].filter((id) => members.has(id));
    await call('source-protection.set', { params, body: { embargoUntil: moment, file, visibleTo } });
    toast({ text: 'This source is protected from now on' });
    onClose();
  });
  const end = useAction(async () => {
    await call('source-protection.end', { params });
    toast({ text: 'Everybody in the project can see this source again' });
    onClose();
  });
  return (
    <form
      aria-label="Protection"
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void save.run();
      }}
    >
      <div className="flex flex-col gap-2">
        <Checkbox isSelected={hasEmbargo} onChange={setHasEmbargo}>
          Keep it closed until a time
        </Checkbox>
        {hasEmbargo ? (
          <TextField
            label="Embargo until"
            hint="In your own time zone. It opens by itself then: the text, its file, marks, comments and claims that rest on it."
            type="datetime-local"
            value={until}
            onChange={setUntil}
            className="sm:w-72"
            isRequired
          />
        ) : null}
      </div>
      {source.text.pageStarts === null && !known.ownFile ? null : (
        <Checkbox isSelected={file} onChange={setFile}>
          Protect its file: others read the text, and can’t open or take out the PDF
        </Checkbox>
      )}
      <ProtectedPassages known={known} version={source.text.version} onChange={onChange} />
      <WhoMay chosen={chosen} onChoose={setChosen} />
      <FormError>{save.error ?? end.error}</FormError>
      <div className="flex flex-wrap justify-end gap-2">
        {isProtected ? (
          <Button look="danger" isPending={end.busy} onPress={() => void end.run()}>
            End the protection
          </Button>
        ) : null}
        <Button
          type="submit"
          look="primary"
          isPending={save.busy}
          isDisabled={hasEmbargo ? moment === null : !(file || known.passages)}
        >
          <ShieldCheck aria-hidden className="size-4" />
          {isProtected ? 'Save the protection' : 'Protect this source'}
        </Button>
      </div>
    </form>
  );
}
