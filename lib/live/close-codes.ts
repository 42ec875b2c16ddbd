/** Why a socket was closed. 4400-4499 are final for y-websocket 3.1; after 45xx it comes back and is judged afresh. */
export const CLOSE = {
  malformed: 4400,
  unauthenticated: 4401,
  noAccess: 4403,
  notFound: 4404,
  needsFactor: 4406,
  oldNoteSchema: 4409,
  tooLarge: 4413,
  shuttingDown: 4500,
  accessChanged: 4503,
  tooSlow: 4508,
  tooMany: 4529,
} as const;
