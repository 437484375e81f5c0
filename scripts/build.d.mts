export declare function buildProject(options?: { root?: string; testBuild?: boolean }): Promise<boolean>;
