export declare function translationProblems(root: string): string[] | undefined;
