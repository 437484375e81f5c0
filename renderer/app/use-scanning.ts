import { useEffect, useMemo, useRef, useState } from 'react';
import type { Look } from '@shared/contract/app';
import { listenToKeyboardWedge } from '../scanning/keyboard-wedge';
import { createScanFeedback } from '../scanning/scan-feedback';
import { createScanRouter } from '../scanning/scan-router';
import { systemClock } from '../services/clock';
import { KEYBOARD_WEDGE, randomIds } from '../services/ids';
import type { Scanning } from '../state/scan-context';

/** The window's one owner of scans: the wedge hears them, the router sends them on, the ear tells what came of it. */
export function useScanning(isSignedIn: boolean, look: Look, stopWord: string): Scanning {
  const signedIn = useRef(isSignedIn);
  useEffect(() => {
    signedIn.current = isSignedIn;
  });
  const [router] = useState(() => createScanRouter(() => signedIn.current));
  const [feedback] = useState(() => createScanFeedback());
  const [inputMethodIsOn, setInputMethodIsOn] = useState(false);
  useEffect(
    () =>
      listenToKeyboardWedge({
        target: window,
        activeElement: () => document.activeElement,
        clock: systemClock,
        deviceId: KEYBOARD_WEDGE,
        gestureId: () => randomIds.gestureId(),
        onScan: (scan) => {
          if (!router.accept(scan)) feedback.play('unknown-code');
        },
        onInputMethod: setInputMethodIsOn,
      }),
    [router, feedback],
  );
  useEffect(() => {
    feedback.configure({
      volume: look.soundVolume,
      wordOf: look.speakStops ? (sound) => (sound === 'stopped' ? stopWord : null) : null,
      language: look.language,
    });
  }, [feedback, look, stopWord]);
  useEffect(() => () => feedback.close(), [feedback]);
  return useMemo(() => ({ router, feedback, inputMethodIsOn }), [router, feedback, inputMethodIsOn]);
}
