import { TextField } from '@/components/ui/text-field';

/** Asked for once more before an account changes hands. */
export function CurrentPassword(props: { value: string; onChange: (value: string) => void }) {
  return (
    <TextField
      label="Current password"
      type="password"
      autoComplete="current-password"
      hint="Leave it empty when you never set one."
      maxLength={256}
      {...props}
    />
  );
}
