// Loaded before a program that the scripts start: when they are killed without a chance to pass a signal on,
// the channel to them closes, and the program stops as if it had been asked to.
if (process.channel) {
  process.channel.unref();
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
}
