import { onNode } from '../../core/command.ts';
import { type Found, type Rule, rule, type Severity } from '../../core/rule.ts';
import { percent, sizeInWords } from '../../core/units.ts';
import { mayFill } from './may-fill.ts';
import type { FilesystemUse, MdArray, System } from './section.ts';

/** Levels in percent. */
const FULL = { warning: 85, critical: 90 };

const disk = rule<System>()({
  name: 'disk',
  severity: 'warning',
  about: 'A file system is nearly full, as df counts it; levels in percent.',
  source: 'Orama (85) and KruxOS (critical, 90)',
  levels: FULL,
  needs: ['disk_use_pct'],
  find: (section, levels) =>
    section.filesystems === null
      ? fullRoot(section, levels)
      : section.filesystems.filter(mayFill).flatMap((each) => {
          const severity = graded(each.use_pct, levels);
          return severity === null
            ? []
            : [
                {
                  subject: each.mount,
                  severity,
                  message: `Disk ${each.mount} is ${each.use_pct}% full: ${left(each)}`,
                  evidence: { asked: `statfs ${each.mount}`, answered: `${each.use_pct}% used${inodes(each)}`, limit: limits(levels) },
                  next: onNode`sudo du -xhd2 ${each.mount} | sort -h | tail -15`,
                },
              ];
        }),
});

/** A report of the original program has no list, but its fullest disk. */
function fullRoot({ disk_use_pct: use, disk_avail_gb: avail, disk_total_gb: total }: System, levels: typeof FULL): Found[] {
  const severity = graded(use, levels);
  if (severity === null) return [];
  const message = `Disk / is ${use}% full: ${avail ?? '?'} of ${total ?? '?'} left`;
  return [
    {
      subject: '/',
      severity,
      message,
      evidence: { asked: 'df -h', answered: `${use}% used`, limit: limits(levels) },
      next: onNode`sudo du -xhd2 / | sort -h | tail -15`,
    },
  ];
}

function left({ avail_bytes, total_bytes }: FilesystemUse): string {
  return `${avail_bytes === null ? '?' : sizeInWords(avail_bytes)} of ${total_bytes === null ? '?' : sizeInWords(total_bytes)} left`;
}

function inodes({ inode_use_pct: pct }: FilesystemUse): string {
  return pct === null ? '' : `, inodes ${percent(pct)}`;
}

function graded(pct: number | null, { warning, critical }: { warning: number; critical: number }): Severity | null {
  if (pct === null || pct <= warning) return null;
  return pct > critical ? 'critical' : 'warning';
}

function limits({ warning, critical }: { warning: number; critical: number }): string {
  return `warning above ${warning}%, critical above ${critical}%`;
}

const inode = rule<System>()({
  name: 'inodes',
  severity: 'warning',
  about: 'A file system has nearly no inodes left, so no new file can be made though there is space; levels in percent.',
  source: 'as for disks',
  levels: FULL,
  needs: ['filesystems'],
  find: ({ filesystems }, levels) =>
    filesystems.filter(mayFill).flatMap(({ mount, inode_use_pct: pct }) => {
      const severity = graded(pct, levels);
      return severity === null
        ? []
        : [
            {
              subject: mount,
              severity,
              message: `Disk ${mount} has ${pct}% of its inodes in use: soon no new file can be made on it`,
              evidence: { asked: `statfs ${mount}`, answered: `inodes ${pct}% used`, limit: limits(levels) },
              next: onNode`sudo du --inodes -xd2 ${mount} | sort -n | tail -15`,
            },
          ];
    }),
});

const readOnly = rule<System>()({
  name: 'read-only',
  severity: 'warning',
  about: 'A file system that should be writable is read-only, often because the kernel turned it after an error.',
  source: 'ByteLyst: what a machine needs to write',
  levels: {},
  needs: ['filesystems'],
  find: ({ filesystems }) =>
    filesystems
      .filter((each) => each.read_only && mayFill(each))
      .map(({ mount, device, turned_read_only: turned, should_be_writable: wanted }) => ({
        subject: mount,
        message: turned
          ? `${mount} became read-only: the kernel remounted it, probably after an error`
          : `${mount} is read-only, and /etc/fstab wants it writable`,
        evidence: {
          asked: '/proc/self/mountinfo',
          answered: `${device} is mounted read-only`,
          limit: wanted === true ? 'writable, by /etc/fstab' : '',
        },
        next: onNode`sudo dmesg -T --level=emerg,alert,crit,err,warn | tail -30`,
      })),
});

const silent = rule<System>()({
  name: 'mount-silent',
  severity: 'warning',
  about: 'A mounted file system does not answer, as those of a dead file server do: whoever touches it hangs.',
  source: 'what a machine that hangs is found by',
  levels: {},
  needs: ['filesystems'],
  find: ({ filesystems }, _levels, { node }) =>
    filesystems.flatMap(({ mount, device, type }, at) => {
      const why = node.report?.unknown.find(
        ({ path, kind }) => path === `system.filesystems[${at}].total_bytes` && (kind === 'timeout' || kind === 'failed'),
      );
      return why === undefined
        ? []
        : [
            {
              subject: mount,
              message: `${mount} cannot be reached: ${why.reason.replace(/^statfs .*?: (?=[^:]*$)/, '')}`,
              evidence: { asked: `statfs ${mount}`, answered: why.reason, limit: '' },
              next: { say: `Is ${device} (${type}) reachable? A program that touches ${mount} hangs until it is.` },
            },
          ];
    }),
});

const degraded = rule<System>()({
  name: 'md-degraded',
  severity: 'critical',
  about: 'A RAID array runs without all of its disks: one more lost may lose the data.',
  source: 'ByteLyst: what a machine needs to keep',
  levels: {},
  needs: ['md_arrays'],
  find: ({ md_arrays: arrays }) =>
    arrays.flatMap((array) =>
      array.degraded
        ? [
            {
              subject: array.name,
              message: `RAID array ${array.name} ${standing(array)}`,
              evidence: {
                asked: '/proc/mdstat',
                answered: `${array.state}, ${array.disks_up ?? '?'} of ${array.disks_total ?? '?'} disks up`,
                limit: 'all disks up',
              },
              next: onNode`sudo mdadm --detail /dev/${array.name}`,
            },
          ]
        : [],
    ),
});

function standing({ state, disks_up: up, disks_total: total, recovery_pct: done }: MdArray): string {
  if (!state.startsWith('active')) return `is ${state}: its data cannot be reached`;
  return `runs on ${up} of ${total} disks; ${done === null ? 'it is not being rebuilt' : `it is being rebuilt, ${percent(done, true)} done`}`;
}

/** What may be wrong with disks and file systems. */
export const diskRules: readonly Rule[] = [disk, inode, readOnly, silent, degraded];
