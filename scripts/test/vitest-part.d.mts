export declare function readOutcome(run: {
  report: { testResults: { name: string; status: string; assertionResults: { status: string }[] }[] } | undefined;
  status: number;
  timedOut: boolean;
  limitMs: number;
}): { passed: number; failed: number; skipped: number; notes: string[] };
