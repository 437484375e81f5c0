import type { StationApi } from '@shared/contract/station';
import { hasRight, type Person } from '@shared/domain/person';
import type { Bench } from '../index-memory/start-bench';
import type { RoutedScan } from '../scanning/scan-router';
import { useBenchDesk } from '../state/bench-desk';
import { useScans } from '../state/scan-context';
import { findStop } from '../state/stop-gate';

export interface ScanDeskProps {
  readonly station: StationApi;
  readonly bench: Bench;
  readonly person: Person;
  /** A code for the bench came in: the packing screen is where it is seen. */
  readonly onCode: () => void;
  /** Somebody who does not pack scanned a code: they look for it. */
  readonly onSeek: (code: string) => void;
  readonly onSignOut: () => void;
  readonly onHelp: () => void;
}

/** Scans of a signed-in person, on every screen: badges change who works, commands and codes go to the bench. */
export function ScanDesk(props: ScanDeskProps): null {
  const { bench, station, person } = props;
  const { gate, feedback } = useBenchDesk();
  const mayPack = hasRight(person.role, 'pack');

  const onCommand = (routed: Extract<RoutedScan, { kind: 'command' }>): boolean => {
    if (routed.command === 'sign-out') props.onSignOut();
    else if (routed.command === 'help') props.onHelp();
    else if (!mayPack) return false;
    else {
      // While something is stopped, "next" is the deliberate act, and nothing else is done.
      const stop = gate.standing(findStop(bench.session.view(), (id) => bench.index.row(id)));
      if (stop !== null) {
        if (routed.command !== 'next') return false;
        gate.acknowledge(stop);
        if (stop.isInHand) putAside(bench, routed.scan);
        return true;
      }
      props.onCode();
      bench.session.command(routed.command, routed.scan);
    }
    return true;
  };

  useScans((routed) => {
    switch (routed.kind) {
      case 'badge':
        void station.session.signInByBadge({ badge: routed.badge }).then((reply) => {
          if (!reply.ok) feedback.play('unknown-code');
        });
        return true;
      case 'command':
        return onCommand(routed);
      case 'unknown-command':
        return false;
      case 'code':
        if (!mayPack) {
          props.onSeek(routed.scan.code);
          return true;
        }
        props.onCode();
        // A stop is cleared by a deliberate act only: the scan is heard as "stop" again and not acted on.
        if (gate.standing(findStop(bench.session.view(), (id) => bench.index.row(id))) !== null) {
          feedback.play('stopped');
          return true;
        }
        bench.session.scan(routed.scan);
        return true;
    }
  });
  return null;
}

function putAside(bench: Bench, scan: RoutedScan['scan']): void {
  const gesture = { gestureId: scan.gestureId, deviceId: scan.deviceId, method: 'scan' as const };
  const { open } = bench.session.view();
  const counted = open === null ? 0 : (bench.index.work(open)?.parcels.at(-1)?.counts.length ?? 0);
  if (counted > 0) bench.session.park(gesture);
  else bench.session.leave();
}
