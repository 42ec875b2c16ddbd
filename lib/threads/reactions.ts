/** What a person can say with one sign. */
export const REACTIONS = ['👍', '❤️', '🎉', '🤔', '👀', '✅'] as const;
