import { putDropIn, takeDropIn } from '../../drop-in.ts';
import type { Fault } from '../../faults.ts';
import { askedInside } from '../../inside.ts';
import { awaitShop } from '../../ready.ts';
import { until } from '../../run.ts';

const UNIT = 'shop-api.service';

/** A service ends with an error, and nobody starts it again. */
export const fault: Fault = {
  about: 'The service shop-api ends with an error and is not started again.',
  host: 'ns2',
  async break(host) {
    putDropIn(host, UNIT, [
      '[Service]',
      'Restart=no',
      'ExecStart=',
      'ExecStart=/bin/sh -c "echo \'cannot open /srv/shop.db\' >&2; exit 3"',
    ]);
    // Whether systemctl itself fails depends on how soon the service does.
    askedInside(host, ['systemctl', 'restart', UNIT]);
    await until(`${UNIT} has failed`, 20, () => askedInside(host, ['systemctl', 'is-failed', UNIT]).stdout === 'failed\n');
  },
  async mend(host) {
    takeDropIn(host, UNIT);
    await awaitShop(host);
  },
};
