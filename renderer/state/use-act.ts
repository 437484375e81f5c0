import { useCallback, useEffect, useRef, useState } from 'react';
import type { Reply, StationError } from '@shared/contract/envelope';
import { describeError, type ErrorSentences } from '../i18n/error-messages';
import { useTexts } from '../i18n/use-texts';

export interface Acting {
  readonly busy: boolean;
  /** Why the last act was refused, in the language of the moment. */
  readonly problem: ErrorSentences | null;
  /** Runs an act; one at a time. @returns the answer, or null when it was refused or another act is under way. */
  readonly run: <T>(act: () => Promise<Reply<T>>) => Promise<{ readonly value: T } | null>;
  readonly clear: () => void;
}

/** One act at a time with its refusal in words. */
export function useAct(): Acting {
  const { t } = useTexts();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<StationError | null>(null);
  const underWay = useRef(false);
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  const run = useCallback(async <T>(act: () => Promise<Reply<T>>): Promise<{ readonly value: T } | null> => {
    if (underWay.current) return null;
    underWay.current = true;
    setBusy(true);
    setError(null);
    try {
      const reply = await act();
      if (isShown.current) setError(reply.ok ? null : reply.error);
      return reply.ok ? { value: reply.value } : null;
    } finally {
      underWay.current = false;
      if (isShown.current) setBusy(false);
    }
  }, []);
  const clear = useCallback(() => setError(null), []);
  return { busy, problem: error === null ? null : describeError(t, error), run, clear };
}
