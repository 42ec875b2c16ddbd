'use client';

import { Button as AriaButton } from 'react-aria-components';
import { Menu } from '@/components/ui/menu';
import type { Code } from '@/lib/codebook/code';
import { CODE_COLOURS } from '@/lib/codebook/colours';

type Colour = Code['colour'];

/** The dot of a code's colour; pressing it offers the others by name. */
export function ColourPicker({
  label,
  colour,
  isDisabled,
  onChange,
}: {
  label: string;
  colour: Colour;
  isDisabled: boolean;
  onChange: (colour: Colour) => void;
}) {
  return (
    <Menu
      label={label}
      trigger={
        <AriaButton
          aria-label={`${label}: ${colour}`}
          isDisabled={isDisabled}
          className="grid size-7 shrink-0 place-items-center rounded-md hover:bg-hover"
        >
          <Dot colour={colour} />
        </AriaButton>
      }
      entries={CODE_COLOURS.map((each) => ({
        id: each,
        label: each,
        icon: <Dot colour={each} />,
        onAction: () => onChange(each),
      }))}
    />
  );
}

function Dot({ colour }: { colour: Colour }) {
  return (
    <span aria-hidden className="size-3.5 rounded-full" style={{ background: `var(--code-${colour})` }} />
  );
}
