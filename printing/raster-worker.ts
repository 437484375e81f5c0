/** Entry of the worker thread of main in which labels are laid out and drawn, so that no label delays a message or a scan. */
import { readFile } from 'node:fs/promises';
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { refuse } from '@shared/language/result';
import { createLabelMaker, type LabelMaker } from './label-maker';
import { makeMessage, rasterWorkerData, type WorkerAnswer } from './raster-worker-messages';
import { loadLabelTemplates } from './template-folder';

/** Answers one message. Never throws: a fault becomes an answer, so that the asking side does not wait for its time limit. */
const answerTo = (maker: LabelMaker, message: unknown): WorkerAnswer | undefined => {
  const parsed = makeMessage.safeParse(message);
  if (!parsed.success) {
    const requestNo = numberOf(message);
    return requestNo === undefined
      ? undefined
      : { kind: 'answer', requestNo, result: refuse({ code: 'request-invalid' }) };
  }
  const { requestNo, request } = parsed.data;
  try {
    return { kind: 'answer', requestNo, result: maker.make(request) };
  } catch (cause) {
    const message = cause instanceof Error ? cause.name : 'unknown';
    return { kind: 'answer', requestNo, result: refuse({ code: 'label-fault', message }) };
  }
};

const numberOf = (message: unknown): number | undefined =>
  typeof message === 'object' && message !== null && 'requestNo' in message && typeof message.requestNo === 'number'
    ? message.requestNo
    : undefined;

const serve = async (port: MessagePort): Promise<void> => {
  const { fontPath, templatesFolder } = rasterWorkerData.parse(workerData);
  const [fontBytes, { templates }] = await Promise.all([readFile(fontPath), loadLabelTemplates(templatesFolder)]);
  const maker = createLabelMaker({ fontBytes, templates });
  port.on('message', (message: unknown) => {
    const answer = answerTo(maker, message);
    if (answer === undefined) return;
    const bytes = answer.kind === 'answer' && answer.result.ok ? answer.result.value.bytes : undefined;
    port.postMessage(answer, bytes?.buffer instanceof ArrayBuffer ? [bytes.buffer] : []);
  });
  const ready: WorkerAnswer = { kind: 'ready', templateIds: [...templates.keys()] };
  port.postMessage(ready);
};

// A failure to start (a missing font, a broken template folder) leaves as the worker's `error` event.
if (parentPort !== null) void serve(parentPort);
