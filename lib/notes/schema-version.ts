/**
 * The version of the note's document schema. A client with another one is told to reload (close code 4409):
 * ProseMirror deletes the nodes it does not know, for everybody.
 */
export const NOTE_SCHEMA_VERSION = 4;
/** The name of the Y.XmlFragment that holds the document. */
export const NOTE_FRAGMENT = 'default';
