/** What a document may hold. Every question is about one thing in its place, so that each new struct is judged alone. */
export type GatePolicy = {
  /** The names of the XmlFragments at the root. Nothing else may stand at the root. */
  readonly roots: ReadonlySet<string>;
  /** Whether an element may stand in another, or at the root when `parent` is empty. */
  allowsChild(parent: string, name: string): boolean;
  /** Whether text may stand in this element. */
  allowsText(parent: string): boolean;
  /** Whether an element may have an attribute of this value. */
  allowsAttribute(element: string, key: string, value: unknown): boolean;
  /** Whether the text in an element may begin (or end, with null) a mark of this value. */
  allowsMark(parent: string, name: string, value: unknown): boolean;
  /** Whether the text in an element may hold such an object. */
  allowsEmbed(parent: string, value: unknown): boolean;
};
