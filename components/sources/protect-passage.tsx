'use client';
import { ShieldCheck } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { useProject } from '@/components/live/project-context';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { FormError } from '@/components/ui/form-error';
import { call } from '@/components/ui/http';
import { toast } from '@/components/ui/toasts';
import { useAction } from '@/components/ui/use-action';
import type { Span } from '@/lib/anchoring/describe';
import type { SourceProtectionAnswer } from '@/lib/sources/protection';
import { WhoMay } from './who-may';

type Props = {
  sourceId: string;
  /** The version that the span counts in, UTF-16 units. */
  version: number;
  span: Span;
  words: string;
  /** How often the same words stand elsewhere in the text. */
  elsewhere: number;
  onClose: () => void;
};

/** Blacks the selected passage out for all but those who are named and the owners; or says who can. */
export function ProtectPassage(props: Props) {
  const { project } = useProject((state) => ({ project: state.project }));
  const [known, setKnown] = useState<SourceProtectionAnswer | null>(null);
  const params = { projectId: project.id, sourceId: props.sourceId };
  const look = useAction(async () => setKnown(await call('source-protection.get', { params })));
  // Asked for once, as the dialog opens.
  useEffect(() => void look.run(), [look.run]);
  return (
    <Dialog title="Protect this passage" isOpen onClose={props.onClose}>
      <blockquote className="max-h-32 overflow-y-auto border-s-2 border-line ps-3 font-serif text-[15px]">
        {props.words}
      </blockquote>
      {known === null ? (
        <p role="status" className="text-[14px] text-muted">
          {look.error === null ? 'Looking up what protects this source…' : ''}
        </p>
      ) : known.isNamed ? (
        <PassageForm {...props} projectId={project.id} known={known} />
      ) : (
        <p className="text-[14px]">
          This source is protected, and you are not among those who are named. Ask an owner of the project.
        </p>
      )}
      <FormError>{look.error}</FormError>
    </Dialog>
  );
}

function PassageForm({
  sourceId,
  projectId,
  version,
  span,
  elsewhere,
  known,
  onClose,
}: Props & { projectId: string; known: SourceProtectionAnswer }) {
  const { creatorId, me } = useProject((state) => ({
    creatorId: state.sources.get(sourceId)?.creator.id ?? state.me.id,
    me: state.me.id,
  }));
  const router = useRouter();
  const isProtected = known.file || known.passages || known.embargoUntil !== null;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set([me, ...(isProtected ? known.visibleTo.map(({ id }) => id) : [creatorId])]),
  );
  const lost = known.protectedPassages.find(({ missingIn }) => missingIn.includes(version));
  const params = { projectId, sourceId };
  const done = (text: string) => {
    toast({ text });
    onClose();
    router.refresh();
  };
  const save = useAction(async () => {
    const body = { version, ...span, visibleTo: [...chosen] };
    await call('protected-passage.create', { params, body });
    done('This passage is protected from now on');
  });
  const place = useAction(async (passageId: string) => {
    const at = { ...params, passageId, version: String(version) };
    await call('protected-passage.place', { params: at, body: { place: span } });
    done('The protected passage stands here in this version');
  });
  return (
    <form
      aria-label="Protected passage"
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void save.run();
      }}
    >
      <p className="text-[14px] text-muted">
        Others read the text with this passage blacked out. Marks on it, what rests on them, and the source’s
        file are closed to them, too. What somebody wrote elsewhere stays as it is. The people named are the
        same for all that protects this source.
      </p>
      {elsewhere === 0 ? null : (
        <p className="border-s-2 border-accent ps-3 text-[14px]">
          The same words stand in this text {elsewhere === 1 ? 'once' : `${elsewhere} times`} more. Only this
          place is protected.
        </p>
      )}
      {lost === undefined ? null : (
        <div className="flex flex-col items-start gap-2 border-s-2 border-accent ps-3 text-[14px]">
          <p>A passage was not found again in this version: “{lost.words}”</p>
          <Button size="small" isPending={place.busy} onPress={() => void place.run(lost.id)}>
            It stands here now
          </Button>
        </div>
      )}
      <WhoMay chosen={chosen} onChoose={setChosen} />
      <FormError>{save.error ?? place.error}</FormError>
      <div className="flex flex-wrap justify-end gap-2">
        <Button look="quiet" onPress={onClose}>
          Cancel
        </Button>
        <Button type="submit" look="primary" isPending={save.busy}>
          <ShieldCheck aria-hidden className="size-4" /> Protect this passage
        </Button>
      </div>
    </form>
  );
}
