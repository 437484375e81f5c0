export declare function packageDirectory(
  outputFolder: string,
  options?: { root?: string },
): Promise<{ folder: string; executable: string; version: string }>;
export declare function readFuses(executable: string): Promise<Record<string, 'on' | 'off' | 'absent'>>;
