export declare function skippedTests(root: string): string[];
