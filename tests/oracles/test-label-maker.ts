/** The label maker over the shipped font, templates and printers, as the station has it. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createLabelMaker, type LabelMaker } from '../../printing/label-maker';
import { loadPrinterCapabilities, type PrinterCapability } from '../../printing/printers/capabilities';
import { loadLabelTemplates } from '../../printing/template-folder';

/** The path of a shipped resource. */
export const resourcePath = (path: string): string =>
  fileURLToPath(new URL(`../../resources/${path}`, import.meta.url));

/** Opens the shipped font and templates. @throws Error when a shipped template is refused. */
export const openTestLabelMaker = async (): Promise<LabelMaker> => {
  const { templates, problems } = await loadLabelTemplates(resourcePath('label-templates'));
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return createLabelMaker({ fontBytes: readFileSync(resourcePath('fonts/wqy-microhei.ttc')), templates });
};

/** A shipped printer. @throws Error for an unknown id. */
export const shippedPrinter = async (id: string): Promise<PrinterCapability> => {
  const { printers, problems } = await loadPrinterCapabilities(resourcePath('printers'));
  const printer = printers.get(id);
  if (problems.length > 0 || printer === undefined) throw new Error(`${id}: ${JSON.stringify(problems)}`);
  return printer;
};
