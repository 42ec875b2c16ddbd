// Loaded before a program that the scripts start: when they are killed without a chance to pass a signal on,
// the program stops as if it had been asked to, instead of staying behind on its port.
const POLL_MS = 500;
const stop = () => process.kill(process.pid, 'SIGTERM');

if (process.channel) {
  // The channel to whoever started us closes when that one ends, however it ends.
  process.channel.unref();
  process.once('disconnect', stop);
} else if (process.env.npm_lifecycle_event) {
  // npm gives no channel; the number of our parent changes when it, or its shell, is gone.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && stop(), POLL_MS).unref();
}
