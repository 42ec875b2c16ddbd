'use client';
import { useState } from 'react';
import type { Code } from '@/lib/codebook/code';
import type { CodePassage } from '@/lib/codebook/passage';
import { CodePicker } from '../annotations/code-picker';
import { useProject } from '../live/project-context';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { FormError } from '../ui/form-error';
import { call } from '../ui/http';
import { useAction } from '../ui/use-action';
import { useCall } from '../ui/use-call';
import { VersionWords } from './code-history';
import { PassageList } from './passage-list';
import { useCoding } from './use-coding';
import { usePassages } from './use-passages';

/** What was coded under other words than the code has now: it is kept, given another code, or loses this one. */
export function CodeReview({ code, codes }: { code: Code; codes: readonly Code[] }) {
  const projectId = useProject((state) => state.project.id);
  const passages = usePassages(code.id, { outdated: true });
  const { recode } = useCoding();
  const [changing, setChanging] = useState<CodePassage | null>(null);
  const [done, setDone] = useState<ReadonlySet<string>>(new Set());
  const act = useAction(async (ids: readonly string[], run: () => Promise<unknown>) => {
    await run();
    setDone((before) => new Set([...before, ...ids]));
  });
  const keep = (ids: readonly string[]) =>
    void act.run(ids, () =>
      call('code.confirm', { params: { projectId, codeId: code.id }, body: { annotationIds: [...ids] } }),
    );
  const items = passages.items?.filter(({ id }) => !done.has(id)) ?? null;
  return (
    <div className="flex flex-col gap-3 pt-3">
      <p className="max-w-prose text-[14px] text-muted">
        These were coded when the code said something else. Keep those that still fit; they count as made
        under the current words then.
      </p>
      <FormError>{act.error}</FormError>
      <PassageList
        label="Passages to review"
        projectId={projectId}
        passages={{ ...passages, items }}
        empty="Nothing waits. Every passage was coded, or confirmed, under what the code says now."
        end={(passage) => (
          <span className="flex shrink-0 flex-col items-end gap-1 sm:flex-row">
            <Button size="small" onPress={() => keep([passage.id])} isDisabled={act.busy}>
              Keep
            </Button>
            <Button size="small" look="quiet" onPress={() => setChanging(passage)}>
              Change…
            </Button>
          </span>
        )}
      />
      {items !== null && items.length > 1 ? (
        <Button
          className="self-start"
          onPress={() => keep(items.slice(0, 500).map(({ id }) => id))}
          isPending={act.busy}
        >
          Keep all {Math.min(items.length, 500)} shown
        </Button>
      ) : null}
      <Dialog title="Change the coding" isOpen={changing !== null} onClose={() => setChanging(null)}>
        {changing === null ? null : (
          <ChangeCoding
            passage={changing}
            code={code}
            codes={codes}
            onChange={(on) => {
              void act.run([changing.id], () => recode(changing.id, code.id, on));
              setChanging(null);
            }}
            onClose={() => setChanging(null)}
          />
        )}
      </Dialog>
    </div>
  );
}

function ChangeCoding({
  passage,
  code,
  codes,
  onChange,
  onClose,
}: {
  passage: CodePassage;
  code: Code;
  codes: readonly Code[];
  onChange: (on: string | null) => void;
  onClose: () => void;
}) {
  const projectId = useProject((state) => state.project.id);
  const { madeUnder } = passage;
  const { data } = useCall(
    (signal) => call('code.versions', { params: { projectId, codeId: madeUnder.codeId }, signal }),
    madeUnder.codeId,
  );
  const version = data?.items.find((one) => one.version === madeUnder.version);
  return (
    <>
      <p className="font-serif">“{passage.exact}”</p>
      {version === undefined ? null : (
        <section aria-label="What the code said then" className="border-s-2 border-line ps-3">
          <p className="text-[13px] text-muted">Coded when it said:</p>
          <VersionWords version={version} />
        </section>
      )}
      <Button look="danger" className="self-start" onPress={() => onChange(null)}>
        Take “{code.name}” off
      </Button>
      <p className="text-[14px] text-muted">Or give it another code instead:</p>
      <CodePicker
        codes={codes.filter(({ id }) => id !== code.id)}
        chosen={[]}
        canCreate={false}
        onPick={(picked) => onChange(picked.id)}
        onCreate={() => {}}
        onClose={onClose}
      />
    </>
  );
}
