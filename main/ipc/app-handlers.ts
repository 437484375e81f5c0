/** What a window asks about the program itself: what it is, the vault, set-up from a document, and its look. */
import type { AppInfo, appArea, Look, ProvisionProblem } from '@shared/contract/app';
import { answered, refused, type Reply } from '@shared/contract/envelope';
import type { AreaHandlers } from '@shared/contract/define-area';
import type { Vault } from '../security/vault';
import type { CallContext, Logger } from '../wiring/ports';

export interface AppHandlerPorts {
  /** May take as long as a first set-up from a document does. */
  readonly info: () => Promise<AppInfo>;
  readonly openWindow: () => void;
  readonly vault: Vault;
  /** An administrator is signed in, or nobody has set this profile up yet. */
  readonly maySetUp: () => boolean;
  readonly provision: (text: string) => Promise<ProvisionProblem[]>;
  readonly practice: () => Promise<ProvisionProblem[]>;
  readonly saveLook: (look: Look) => Promise<void>;
  readonly audit: (action: string, subject: string) => void;
  readonly logger: Logger;
}

/** A page that fails in a loop must not fill the disk. */
const REPORTS_PER_RUN = 500;

export function appHandlers(ports: AppHandlerPorts): AreaHandlers<typeof appArea, CallContext> {
  let reports = 0;
  return {
    info: async () => answered(await ports.info()),
    openWindow: () => {
      ports.openWindow();
      return answered(null);
    },
    unlockVault: async ({ passphrase }) => {
      const outcome = await ports.vault.unlock(passphrase);
      if (outcome.kind === 'open') return answered(null);
      if (outcome.kind === 'wrong-passphrase') return refused(outcome.kind);
      return refused(outcome.kind, { seconds: Math.ceil(outcome.waitMs / 1000) });
    },
    createVault: async (choice) => {
      const outcome = await ports.vault.create(choice);
      if (outcome !== 'created') return refused(outcome);
      ports.audit('vault-created', choice.kind);
      return answered(null);
    },
    applyProvision: (ask) => applyProvision(ask, ports),
    reportProblem: ({ event, detail }, { windowId }) => {
      reports += 1;
      if (reports <= REPORTS_PER_RUN) ports.logger.warn('page-problem', { event, detail, windowId });
      return answered(null);
    },
    saveLook: async (look) => {
      try {
        await ports.saveLook(look);
        ports.audit('look-saved', `${look.language}/${look.theme}`);
        return answered(null);
      } catch (error) {
        ports.logger.error('look-not-saved', error);
        return refused('settings-not-saved');
      }
    },
  };
}

async function applyProvision(
  ask: { readonly kind: 'practice' } | { readonly kind: 'document'; readonly text: string },
  ports: AppHandlerPorts,
): Promise<Reply<{ problems: ProvisionProblem[] }>> {
  if (!ports.maySetUp()) return refused('not-allowed');
  const state = ports.vault.state();
  if (state === 'locked' || state === 'keyring-missing') return refused('vault-locked');
  const problems = ask.kind === 'practice' ? await ports.practice() : await ports.provision(ask.text);
  if (problems.length === 0) ports.audit('provisioned', ask.kind);
  // Problems are the answer and not a refusal, because each has its place in the document. Nothing was applied then.
  return answered({ problems: problems.slice(0, 200) });
}
