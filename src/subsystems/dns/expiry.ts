import type { Severity } from '../../core/rule.ts';
import type { PresentedCertificate } from './section.ts';

/** Certificates that live shorter than this are renewed in their last third, so days say nothing of them. */
const SHORT_LIVED_DAYS = 28;

/** When a certificate is near its end, in days. */
export const EXPIRY = { warning_days: 14, critical_days: 3 };

/** How bad it is that the certificate ends when it does; null while it is not near. One that lives less than 28 days counts only in its last sixth. */
export function expirySeverity(
  { days_left: days, lifetime_days: lifetime }: PresentedCertificate,
  levels: Readonly<typeof EXPIRY> = EXPIRY,
): Severity | null {
  if (days === null) return null;
  if (days < 0) return 'critical';
  if (lifetime !== null && lifetime < SHORT_LIVED_DAYS) return days < Math.floor(lifetime / 6) ? 'warning' : null;
  if (days >= levels.warning_days) return null;
  return days <= levels.critical_days ? 'critical' : 'warning';
}

/** What is left of it: `expires in 9 days`. */
export function leftInWords(days: number): string {
  if (days < 0) return days < -1 ? `expired ${-days - 1} ${days === -2 ? 'day' : 'days'} ago` : 'expired within the last day';
  return days < 1 ? 'expires within a day' : `expires in ${days} ${days === 1 ? 'day' : 'days'}`;
}
