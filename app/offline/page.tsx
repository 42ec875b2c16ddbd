import type { Metadata } from 'next';
import { OfflineProject } from './offline-project';

export const metadata: Metadata = { title: 'Without a connection' };

/**
 * The page the service worker answers with when the server can't be reached. It holds nobody's data: what it shows it
 * finds on the machine.
 */
export default function OfflinePage() {
  return <OfflineProject />;
}
