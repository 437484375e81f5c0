/** Sets this station up from a document: from `--provision` at start, from the assistant, or for practice. */
import { readFile } from 'node:fs/promises';
import type { ProvisionProblem } from '@shared/contract/app';
import type { Vault } from '../security/vault';
import type { People } from '../session/people';
import { applyProvision, type ProvisionTargets } from '../settings/provision';
import { parseProvision, type ProvisionDocument } from '../settings/provision-document';
import type { StationSettings } from '../settings/station-settings';
import type { Logger, StationCore } from '../wiring/ports';

export interface ProvisioningPorts {
  readonly profileDir: string;
  readonly settings: StationSettings;
  readonly vault: Vault;
  readonly people: People;
  readonly core: () => Promise<Pick<StationCore, 'importNumbers'>>;
  /** People, vault or problems may have changed. */
  readonly onApplied: () => void;
  readonly logger: Logger;
}

const LOCKED: ProvisionProblem = { path: 'vault', problem: 'the vault is locked or not created yet' };

const UNREADABLE: ProvisionProblem = { path: '', problem: 'the file cannot be read' };
const NOT_SAVED: ProvisionProblem = { path: '', problem: 'could not be saved; the log says why' };

export class Provisioning {
  private startProblems: ProvisionProblem[] = [];

  constructor(private readonly ports: ProvisioningPorts) {}

  /** What was wrong with the document given at start; empty when it was applied, or there was none. */
  problems(): readonly ProvisionProblem[] {
    return this.startProblems;
  }

  /**
   * Applies the document given on the command line. A document that needs the vault waits until somebody has opened or
   * created it; until then that is its problem on screen.
   */
  async fromFile(path: string): Promise<void> {
    const text = await readFile(path, 'utf8').catch(() => null);
    const problems = text === null ? [UNREADABLE] : await this.tryText(text);
    this.tell(problems);
    if (text === null || !problems.includes(LOCKED)) return;
    this.ports.vault.whenOpen(() => {
      void this.tryText(text).then((late) => this.tell(late));
    });
  }

  /** @returns every problem; empty when it was applied. @throws SettingsNotSaved */
  async fromText(text: string): Promise<ProvisionProblem[]> {
    const parsed = parseProvision(text);
    return parsed.ok ? this.apply(parsed.value) : parsed.error;
  }

  /** Applies a checked document. @returns problems that only this station can know. @throws SettingsNotSaved */
  async apply(document: ProvisionDocument): Promise<ProvisionProblem[]> {
    const { vault, settings, profileDir } = this.ports;
    if (document.vault !== undefined && vault.state() === 'not-created') await vault.create(document.vault);
    if (!vault.isOpen()) return [LOCKED];
    const problems = await applyProvision(document, settings, this.targets(), profileDir);
    if (problems.length === 0) this.ports.onApplied();
    return problems;
  }

  private async tryText(text: string): Promise<ProvisionProblem[]> {
    try {
      return await this.fromText(text);
    } catch (error) {
      this.ports.logger.error('provision-not-saved', error);
      return [NOT_SAVED];
    }
  }

  private targets(): ProvisionTargets {
    const { people, vault, core } = this.ports;
    return {
      checkPeople: async (entries) => {
        const outcome = await people.prepare(entries);
        return outcome.ok ? null : { index: outcome.index, code: outcome.code };
      },
      savePeople: async (entries) => {
        await people.save(entries);
      },
      saveStoreSecrets: (secrets) => vault.saveStoreSecrets(secrets),
      importNumbers: async (pool, carrier, numbers) => {
        await (await core()).importNumbers(pool, carrier, numbers);
      },
    };
  }

  /** Shows problems of the set-up that no document has. */
  tell(problems: ProvisionProblem[]): void {
    this.startProblems = problems;
    this.ports.onApplied();
  }
}
