export async function verify(_words: string[]): Promise<boolean> { return false; }
