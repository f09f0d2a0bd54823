/** Stops the whole job, as Ctrl+Z does elsewhere; over once it goes on. */
export function stopped(): Promise<string> {
  return new Promise((resolve) => {
    process.once('SIGCONT', () => resolve(''));
    process.kill(0, 'SIGTSTP');
  });
}
