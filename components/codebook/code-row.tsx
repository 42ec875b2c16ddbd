'use client';

import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useActions } from '@/components/live/project-context';
import { IconButton } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/dialog';
import type { Code } from '@/lib/codebook/code';
import { ColourPicker } from './colour-picker';
import { EditCode } from './edit-code';

export function CodeRow({ code, canChange }: { code: Code; canChange: boolean }) {
  const { updateCode, removeCode } = useActions();
  const [editing, setEditing] = useState(false);
  const [removing, setRemoving] = useState(false);
  return (
    <li className="border-b border-line py-2.5">
      {editing ? (
        <EditCode
          code={code}
          onDone={(edit) => {
            if (edit) updateCode(code.id, edit);
            setEditing(false);
          }}
        />
      ) : (
        <div className="flex items-start gap-3">
          <ColourPicker
            label={`Colour of ${code.name}`}
            colour={code.colour}
            isDisabled={!canChange}
            onChange={(colour) => updateCode(code.id, { colour })}
          />
          <div className="flex min-w-0 grow flex-col">
            <h2 className="break-words font-medium">{code.name}</h2>
            <p className="whitespace-pre-wrap break-words text-[14px] text-muted">
              {code.definition || (canChange ? 'No definition yet.' : '')}
            </p>
          </div>
          {canChange ? (
            <>
              <IconButton label={`Edit ${code.name}`} onPress={() => setEditing(true)}>
                <Pencil aria-hidden className="size-4" />
              </IconButton>
              <IconButton label={`Remove ${code.name}`} onPress={() => setRemoving(true)}>
                <Trash2 aria-hidden className="size-4" />
              </IconButton>
            </>
          ) : null}
        </div>
      )}
      <ConfirmDialog
        title="Remove this code?"
        confirm="Remove it"
        isOpen={removing}
        onClose={() => setRemoving(false)}
        onConfirm={() => removeCode(code.id)}
      >
        <p>
          <strong className="font-medium text-ink">{code.name}</strong> is taken off every mark that carries
          it. The marks stay. This can’t be undone.
        </p>
      </ConfirmDialog>
    </li>
  );
}
