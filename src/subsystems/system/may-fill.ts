import type { FilesystemUse } from './section.ts';

/** Whether the file system is there to be written to. One that is meant to be read-only is as full as its maker left it. */
export function mayFill({ read_only, turned_read_only, should_be_writable }: FilesystemUse): boolean {
  return !read_only || turned_read_only || should_be_writable === true;
}
