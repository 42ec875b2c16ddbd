/** The part of a pino logger the rooms use. Text of notes never goes into it. */
export type Log = {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
};
