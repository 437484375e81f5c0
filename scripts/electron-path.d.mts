export declare function prepareLaunch(root?: string): {
  executablePath: string;
  args: string[];
  version: string;
  runtimeFolder: string;
};
export declare function sandboxFlags(): string[];
