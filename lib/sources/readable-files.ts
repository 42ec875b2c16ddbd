/** What can be read of files, as a dialog that chooses some asks for it: endings and types. */
export const READABLE_FILES: readonly string[] = [
  ...['.pdf', '.docx', '.odt', '.epub', '.txt', '.md', '.html', '.htm', '.xhtml', '.mhtml', '.mht', '.vtt'],
  ...['.srt', 'text/plain', 'text/html'],
];
