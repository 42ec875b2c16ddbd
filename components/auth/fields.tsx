import { TextField } from '@/components/ui/text-field';

type Field = { value: string; onChange: (value: string) => void; isDisabled?: boolean };

/** Whose account it is: what password managers call the user name. */
export function EmailField(props: Field) {
  return <TextField label="E-mail" type="email" name="email" autoComplete="username" isRequired {...props} />;
}

/** A password one chooses. */
export function NewPasswordField({ label = 'Password', ...props }: Field & { label?: string }) {
  return (
    <TextField
      label={label}
      type="password"
      name="password"
      autoComplete="new-password"
      hint="At least 10 characters; a few words are easy to remember."
      isRequired
      minLength={10}
      maxLength={256}
      {...props}
    />
  );
}
