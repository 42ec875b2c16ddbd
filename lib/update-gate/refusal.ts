/** Why an update is refused: no honest client sends such a thing. */
export type Reason =
  | 'too large'
  | 'cut short'
  | 'longer than it says'
  | 'a number that is too large or not in its shortest form'
  | 'text that is no text'
  | 'a value that is not plain'
  | 'a struct of a kind that is not taken'
  | 'a length of nothing'
  | 'a client named twice'
  | 'a struct that builds on itself'
  | 'a root that is not there'
  | 'a parent that can have no children'
  | 'content where it cannot stand'
  | 'an attribute that is not allowed'
  | 'a mark that is not allowed'
  | 'elements nested too deeply'
  | 'a place between two that are not in order'
  | 'other content for what is there already';

/** Thrown while an update is read; `UpdateGate.judge` turns it into its answer. */
export class Refusal extends Error {
  readonly reason: Reason;

  constructor(reason: Reason) {
    super(reason);
    this.reason = reason;
  }
}
