import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/text-field';

/** A code of an authenticator app, or a recovery code where one asks for that. */
export function CodeField({
  value,
  onChange,
  app,
  autoFocus = false,
}: {
  value: string;
  onChange: (value: string) => void;
  /** Whether there is an app; without one only recovery codes are asked for. */
  app: boolean;
  autoFocus?: boolean;
}) {
  const [recovery, setRecovery] = useState(!app);
  return (
    <div className="flex flex-col items-start gap-2">
      <TextField
        // Another field: a phone shows digits for one and letters for the other.
        key={String(recovery)}
        className="w-full"
        label={recovery ? 'Recovery code' : 'Code'}
        hint={
          recovery ? 'One of the ten you kept. It works once.' : 'Six digits, from your authenticator app.'
        }
        inputMode={recovery ? 'text' : 'numeric'}
        autoComplete={recovery ? 'off' : 'one-time-code'}
        spellCheck="false"
        isRequired
        maxLength={40}
        autoFocus={autoFocus}
        value={value}
        onChange={onChange}
      />
      {app ? (
        <Button
          look="quiet"
          size="small"
          className="-ms-2 text-muted"
          onPress={() => {
            setRecovery(!recovery);
            onChange('');
          }}
        >
          {recovery ? 'Use the authenticator app' : 'Lost the device? Use a recovery code'}
        </Button>
      ) : null}
    </div>
  );
}
