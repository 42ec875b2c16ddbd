// Told to a server by --import: its clock goes wrong by so many minutes, and jumps to the other side at SIGUSR2.
const RealDate = Date;
const MINUTE = 60_000;
let ahead = Number(process.env.FAULTS_CLOCK_MINUTES ?? 0) * MINUTE;
process.on('SIGUSR2', () => {
  ahead = -ahead;
});

globalThis.Date = class SkewedDate extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + ahead);
    else super(...given);
  }

  static now() {
    return RealDate.now() + ahead;
  }
};
