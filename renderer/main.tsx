import { createRoot } from 'react-dom/client';
import { IS_TEST_BUILD } from '@shared/language/build-flags';
import { App } from './app/App';
import { guardAgainstEnter } from './app/enter-guard';
import './styles/base.css';

/** The catalogue of states is compiled into test builds only, and needs nothing of the station. */
async function start(): Promise<void> {
  const place = document.getElementById('root');
  if (place === null) return;
  guardAgainstEnter(window);
  const root = createRoot(place);
  if (IS_TEST_BUILD && window.location.hash.startsWith('#/catalogue')) {
    const { CataloguePage } = await import('./app/catalogue/CataloguePage');
    root.render(<CataloguePage />);
    return;
  }
  root.render(<App />);
}

void start();
