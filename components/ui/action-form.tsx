'use client';

import type { ReactNode } from 'react';
import { Button } from './button';
import { FormError } from './form-error';
import type { Running } from './use-action';

/** A form that sets one thing off: what went wrong stands above its fields, and one button below sends it. */
export function ActionForm({
  action,
  submit,
  busy,
  look = 'primary',
  children,
}: {
  action: Running & { run: () => Promise<boolean> };
  /** What the button says, and what while it runs. */
  submit: string;
  busy: string;
  look?: 'primary' | 'secondary';
  children: ReactNode;
}) {
  return (
    <form
      // Sent before the page's script runs, a form would put what was typed into the address.
      method="post"
      className="flex w-full flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void action.run();
      }}
    >
      <FormError>{action.error}</FormError>
      {children}
      <Button
        type="submit"
        look={look}
        className={look === 'primary' ? undefined : 'self-start'}
        isPending={action.busy}
      >
        {action.busy ? busy : submit}
      </Button>
    </form>
  );
}
