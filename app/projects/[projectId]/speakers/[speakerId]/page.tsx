import type { Metadata } from 'next';
import { SpeakerPage } from '@/components/speakers/speaker-page';

export const metadata: Metadata = { title: 'Speaker' };

export default async function Page({ params }: { params: Promise<{ speakerId: string }> }) {
  const { speakerId } = await params;
  return <SpeakerPage key={speakerId} speakerId={speakerId} />;
}
