// Shows what the virtual printer has printed. Main fetches everything from the simulator; this page knows only its own scheme.
const REFRESH_MS = 700;
const FLAGS = {
  paperOut: '缺纸 paper out',
  headOpen: '开盖 head open',
  paused: '暂停 paused',
  ribbonOut: '缺碳带 ribbon out',
};
const stateLine = document.getElementById('state');
const list = document.getElementById('labels');
const empty = document.getElementById('empty');
const buttons = [...document.querySelectorAll('button[data-flag]')];
let state = {};
let shown = '';

async function ask(path, options) {
  const answer = await fetch(path, options);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

function showState() {
  const troubles = Object.keys(FLAGS).filter((flag) => state[flag] === true);
  const words = troubles.length === 0 ? '✓ 就绪 ready' : `⚠ ${troubles.map((flag) => FLAGS[flag]).join(' · ')}`;
  stateLine.textContent = state.waiting > 0 ? `${words} · 等待 waiting: ${state.waiting}` : words;
  for (const button of buttons) button.setAttribute('aria-pressed', String(state[button.dataset.flag] === true));
}

function showLabels(labels) {
  const key = labels.map(({ id }) => id).join();
  if (key === shown) return;
  shown = key;
  empty.hidden = labels.length > 0;
  list.replaceChildren(
    ...labels.slice(0, 30).map(({ id, printedAtMs }) => {
      const picture = Object.assign(new Image(), { src: `labels/${id}.png`, alt: `面单 label ${id}` });
      const caption = document.createElement('figcaption');
      caption.textContent = `#${id} · ${new Date(printedAtMs).toLocaleTimeString()}`;
      const figure = document.createElement('figure');
      figure.append(picture, caption);
      return figure;
    }),
  );
}

async function refresh() {
  try {
    state = await ask('state');
    showState();
    showLabels((await ask('labels')).labels);
    document.documentElement.dataset.ready = 'true';
  } catch {
    stateLine.textContent = '✕ 打印机没有响应 the printer does not answer';
  }
  setTimeout(refresh, REFRESH_MS);
}

async function command(path, options) {
  try {
    await ask(path, options);
  } catch {
    stateLine.textContent = '✕ 打印机没有响应 the printer does not answer';
  }
}

for (const button of buttons) {
  button.addEventListener('click', () => {
    const body = JSON.stringify({ [button.dataset.flag]: state[button.dataset.flag] !== true });
    void command('state', { method: 'POST', body });
  });
}
document.getElementById('clear').addEventListener('click', () => void command('labels', { method: 'DELETE' }));
void refresh();
