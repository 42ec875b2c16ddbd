import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { pageActor } from '@/app/actor';
import { NextStep } from '@/components/auth/next-step';
import { safePath } from '@/components/auth/safe-path';
import { lookAtStep } from '@/server/sign-in-steps';

export const metadata: Metadata = { title: 'Sign in' };

type Query = Promise<Record<string, string | string[] | undefined>>;

export default async function StepPage({ searchParams }: { searchParams: Query }) {
  const { to } = await searchParams;
  const target = safePath(Array.isArray(to) ? to[0] : to, '/');
  const step = await lookAtStep((await headers()).get('cookie'));
  if (step === null && (await pageActor())) redirect(target);
  return <NextStep key={step?.needs} step={step} to={target} />;
}
