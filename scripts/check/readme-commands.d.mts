export declare function undocumentedScripts(root: string): string[];
