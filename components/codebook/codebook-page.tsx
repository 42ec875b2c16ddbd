'use client';

import { ClipboardPaste } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useActions, useProject } from '@/components/live/project-context';
import { Because } from '@/components/ui/because';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeading } from '@/components/ui/page-heading';
import { toast } from '@/components/ui/toasts';
import { whyNot } from '@/lib/access/why-not';
import { treeOf } from '@/lib/codebook/tree';
import { CodeDetail } from './code-detail';
import { CodeTree } from './code-tree';
import { RemovedCodes } from './gone-codes';
import { ImportDialog } from './import-dialog';
import { NewCodeForm } from './new-code-form';
import { useCodeCounts } from './use-passages';

/** The tree of codes, and what there is to know about the one that is chosen; which one stands in the address. */
export function CodebookPage({ codeId, isTalk }: { codeId: string | null; isTalk: boolean }) {
  const { moveCode } = useActions();
  const codes = useProject((state) => [...state.codes.values()]);
  const role = useProject((state) => state.role);
  const reason = whyNot(role, 'code.create');
  const counts = useCodeCounts();
  const [selectedId, setSelectedId] = useState(codeId);
  const [tab, setTab] = useState(isTalk ? 'talk' : 'passages');
  const [importing, setImporting] = useState(false);
  // A link to another code, from the palette for example, while the page stands.
  useEffect(() => setSelectedId(codeId), [codeId]);
  const ordered = useMemo(() => treeOf(codes).map(({ code }) => code), [codes]);
  const sums = useMemo(() => new Map(counts?.map(({ codeId: id, count }) => [id, count])), [counts]);
  const selected = codes.find(({ id }) => id === selectedId);
  const select = (id: string | null, on = 'passages') => {
    setSelectedId(id);
    setTab(on);
    window.history.replaceState(null, '', id === null ? '?' : `?code=${id}`);
  };
  return (
    <div className="mx-auto w-full max-w-6xl px-4 py-8">
      <PageHeading
        title="Codebook"
        action={
          reason === null ? (
            <Button onPress={() => setImporting(true)}>
              <ClipboardPaste aria-hidden className="size-4" /> Paste a list
            </Button>
          ) : null
        }
      >
        A code is a name for something you look for. Its definition makes two people mean the same by it.
      </PageHeading>
      <div className="grid gap-x-10 gap-y-6 lg:grid-cols-[minmax(17rem,22rem)_minmax(0,1fr)]">
        <div className={`flex min-w-0 flex-col gap-4 ${selected === undefined ? '' : 'max-lg:hidden'}`}>
          {reason === null ? (
            <NewCodeForm taken={codes.map((code) => code.name)} />
          ) : (
            <Because reason={reason} />
          )}
          <Waiting counts={counts ?? []} codes={ordered} onReview={(id) => select(id, 'review')} />
          {codes.length === 0 ? (
            <EmptyState title="No codes yet">
              Start with two or three you are sure of, for example <em>Denial</em> or <em>Cost estimate</em>,
              or paste a list. They can be renamed, moved and merged later, and every mark keeps its code.
            </EmptyState>
          ) : (
            <>
              <CodeTree
                codes={codes}
                counts={sums}
                selectedId={selected?.id ?? null}
                canChange={reason === null}
                onSelect={(id) => select(id)}
                onMove={(id, move) => {
                  const fault = moveCode(id, move);
                  if (fault !== null) toast({ text: fault, tone: 'danger' });
                }}
              />
              {reason === null ? (
                <p className="text-[13px] text-muted">
                  Drag a code by its handle, or move it with Alt and the arrows: ↑ ↓ past others, → under the
                  one above, ← out. Its menu does the same.
                </p>
              ) : null}
            </>
          )}
          {reason === null ? <RemovedCodes /> : null}
        </div>
        {selected === undefined ? (
          <p className="max-w-prose text-muted max-lg:hidden">
            {codes.length === 0 ? '' : 'Choose a code to see what it means and where it was put on.'}
          </p>
        ) : (
          <CodeDetail
            key={selected.id}
            code={selected}
            codes={ordered}
            count={counts?.find((one) => one.codeId === selected.id)}
            canChange={reason === null}
            tab={tab}
            onTab={setTab}
            onSelect={select}
          />
        )}
      </div>
      <ImportDialog codes={codes} isOpen={importing} onClose={() => setImporting(false)} />
    </div>
  );
}

/** The queue: codes with passages that were coded under other words than they have now. */
function Waiting({
  counts,
  codes,
  onReview,
}: {
  counts: readonly { codeId: string; outdated: number }[];
  codes: readonly { id: string; name: string }[];
  onReview: (id: string) => void;
}) {
  const waiting = codes.flatMap(({ id, name }) => {
    const outdated = counts.reduce((sum, one) => sum + (one.codeId === id ? one.outdated : 0), 0);
    return outdated > 0 ? [{ id, name, outdated }] : [];
  });
  if (waiting.length === 0) return null;
  return (
    <section aria-label="To review" className="rounded-lg border border-line bg-raised p-3">
      <h2 className="pb-1 text-[14px] font-medium">Coded under other words</h2>
      <ul className="flex flex-col">
        {waiting.map(({ id, name, outdated }) => (
          <li key={id}>
            <button
              type="button"
              onClick={() => onReview(id)}
              className="flex min-h-8 w-full items-center gap-2 rounded-md px-1.5 text-start text-[14px] hover:bg-hover"
            >
              <span className="min-w-0 grow truncate">{name}</span>
              <span className="text-accent underline underline-offset-2">
                Review <span className="tabular-nums">{outdated}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
