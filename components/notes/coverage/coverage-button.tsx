'use client';
import { ShieldCheck } from 'lucide-react';
import { IconButton } from '../../ui/button';

/** Shows or hides what backs the note. */
export function CoverageButton({ isOn, onChange }: { isOn: boolean; onChange: (isOn: boolean) => void }) {
  return (
    <IconButton label="What backs this note" pressed={isOn} onPress={() => onChange(!isOn)}>
      <ShieldCheck aria-hidden className="size-4" />
    </IconButton>
  );
}
