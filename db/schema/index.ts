// The one barrel: drizzle-kit and the client want the whole schema in one module.
export * from './annotations';
export * from './claims';
export * from './codebook';
export * from './events';
export * from './note-records';
export * from './note-versions';
export * from './notes';
export * from './notices';
export * from './people';
export * from './projects';
export * from './search';
export * from './sources';
export * from './speakers';
export * from './targets';
export * from './threads';
export * from './watches';
