import { answered, refused, type Reply } from '@shared/contract/envelope';

/** Saves settings. @returns `settings-not-saved` where the disk refuses; what failed stays in the log of the settings. */
export async function saved(save: () => Promise<void>): Promise<Reply<null>> {
  try {
    await save();
    return answered(null);
  } catch (error) {
    return refused('settings-not-saved', { why: error instanceof Error ? error.name : 'unknown' });
  }
}
