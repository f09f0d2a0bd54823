/** What a reader of an inventory must know of its surroundings. */
export interface Surroundings {
  env: NodeJS.ProcessEnv;
  home: string;
}
