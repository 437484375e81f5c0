import { Component, type ErrorInfo, type ReactNode } from 'react';
import type { StationApi } from '@shared/contract/station';
import { ActionButton } from '../components/action-button/ActionButton';
import { ErrorSentencesPanel } from '../components/error-sentences/ErrorSentencesPanel';
import { describeErrorCode } from '../i18n/error-messages';
import { useTexts } from '../i18n/use-texts';
import { describeCrash } from './describe-crash';
import styles from './ErrorBoundary.module.css';

interface ErrorBoundaryProps {
  readonly station: Pick<StationApi, 'app'>;
  /** When this changes (another screen), a failure of the last one is over. */
  readonly resetKey?: string;
  readonly children: ReactNode;
}

/** A screen that fails takes nothing with it: the trouble is reported, and the person may go on. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    const detail = describeCrash(error, info.componentStack ?? '');
    void this.props.station.app.reportProblem({ event: 'screen-failed', detail });
  }

  override componentDidUpdate(before: ErrorBoundaryProps): void {
    if (this.state.failed && before.resetKey !== this.props.resetKey) this.setState({ failed: false });
  }

  override render(): ReactNode {
    return this.state.failed ? <Failed onGoOn={() => this.setState({ failed: false })} /> : this.props.children;
  }
}

function Failed({ onGoOn }: { readonly onGoOn: () => void }): ReactNode {
  const { t } = useTexts();
  return (
    <div className={styles['failed']} data-picture="failed">
      <ErrorSentencesPanel sentences={describeErrorCode(t, 'internal')} />
      <ActionButton tone="primary" large onAct={onGoOn}>
        {t('common.retry')}
      </ActionButton>
    </div>
  );
}
