'use client';
import { useState } from 'react';
import type { Code } from '@/lib/codebook/code';
import { subtreeOf } from '@/lib/codebook/tree';
import { CodeDot, CodePicker } from '../annotations/code-picker';
import { useActions } from '../live/project-context';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';

/** Chooses the code that another is merged into, and says what comes of it before it is done. */
export function MergeDialog({
  code,
  codes,
  count,
  onClose,
  onMerged,
}: {
  code: Code;
  codes: readonly Code[];
  count: number;
  onClose: () => void;
  onMerged: (into: string) => void;
}) {
  const { mergeCode } = useActions();
  const [into, setInto] = useState<Code | null>(null);
  const below = subtreeOf(codes, code.id);
  const children = codes.filter(({ parentId }) => parentId === code.id).length;
  return (
    <Dialog title={`Merge “${code.name}”`} isOpen onClose={onClose}>
      {into === null ? (
        <>
          <p className="text-muted">Into which code? It keeps its own name and words.</p>
          <CodePicker
            codes={codes.filter(({ id }) => !below.has(id))}
            chosen={[]}
            canCreate={false}
            onPick={setInto}
            onCreate={() => {}}
            onClose={onClose}
          />
        </>
      ) : (
        <>
          <p className="flex flex-wrap items-center gap-2 text-[15px]">
            <CodeDot colour={code.colour} /> {code.name} <span className="text-muted">goes into</span>
            <CodeDot colour={into.colour} /> <strong className="font-semibold">{into.name}</strong>
          </p>
          <ul className="list-disc ps-5 text-[14px] text-muted">
            <li>
              {count === 1 ? '1 passage gets' : `${count} passages get`} “{into.name}”, and can be reviewed
              under its words.
            </li>
            {children > 0 ? <li>The codes under it come under “{into.name}”.</li> : null}
            <li>It can be undone, also later: every coding comes back as it was.</li>
          </ul>
          <div className="flex justify-end gap-2">
            <Button onPress={() => setInto(null)}>Choose another</Button>
            <Button
              look="primary"
              autoFocus
              onPress={() => {
                mergeCode(code.id, into.id);
                onMerged(into.id);
              }}
            >
              Merge
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}
