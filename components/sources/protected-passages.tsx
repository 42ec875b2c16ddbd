'use client';
import { useRouter } from 'next/navigation';
import { useProject } from '@/components/live/project-context';
import { Button } from '@/components/ui/button';
import { FormError } from '@/components/ui/form-error';
import { call } from '@/components/ui/http';
import { toast } from '@/components/ui/toasts';
import { useAction } from '@/components/ui/use-action';
import type { ProtectedPassage, SourceProtectionAnswer } from '@/lib/sources/protection';

/** The protected passages of a source, each with what ends its protection, and the versions in which it was not found. */
export function ProtectedPassages({
  known,
  version,
  onChange,
}: {
  known: SourceProtectionAnswer;
  /** The current one. */
  version: number;
  onChange: (now: SourceProtectionAnswer) => void;
}) {
  const { project } = useProject((state) => ({ project: state.project }));
  const router = useRouter();
  const params = { projectId: project.id, sourceId: known.sourceId };
  const end = useAction(async (passageId: string) => {
    onChange(await call('protected-passage.remove', { params: { ...params, passageId } }));
    toast({ text: 'Everybody in the project can read this passage again' });
    router.refresh();
  });
  const miss = useAction(async (passageId: string, missing: number) => {
    const place = { ...params, passageId, version: String(missing) };
    onChange(await call('protected-passage.place', { params: place, body: { place: null } }));
    router.refresh();
  });
  if (known.protectedPassages.length === 0) return null;
  return (
    <section aria-label="Protected passages" className="flex flex-col gap-2">
      <h3 className="text-[13px] font-medium">Protected passages</h3>
      <ul className="flex flex-col gap-2">
        {known.protectedPassages.map((passage) => (
          <li key={passage.id} className="flex flex-col gap-1.5 border-s-2 border-line ps-3">
            <div className="flex items-start justify-between gap-3">
              <p className="min-w-0 break-words font-serif text-[15px]">“{passage.words}”</p>
              <Button size="small" isPending={end.busy} onPress={() => void end.run(passage.id)}>
                End
              </Button>
            </div>
            <Missing
              passage={passage}
              version={version}
              isBusy={miss.busy}
              onMissing={(missing) => void miss.run(passage.id, missing)}
            />
          </li>
        ))}
      </ul>
      <FormError>{end.error ?? miss.error}</FormError>
    </section>
  );
}

function Missing({
  passage,
  version,
  isBusy,
  onMissing,
}: {
  passage: ProtectedPassage;
  version: number;
  isBusy: boolean;
  onMissing: (version: number) => void;
}) {
  return passage.missingIn.map((missing) => (
    <p key={missing} className="flex flex-wrap items-center gap-2 text-[13px] text-muted">
      Not found in version {missing}: all of that text is blacked out for others.
      {missing === version ? ' Select the passage in the text and protect it to say where it stands.' : null}
      <Button size="small" look="quiet" isPending={isBusy} onPress={() => onMissing(missing)}>
        It is not in version {missing}
      </Button>
    </p>
  ));
}
