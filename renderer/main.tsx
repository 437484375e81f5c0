import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { guardAgainstEnter } from './app/enter-guard';
import './styles/base.css';

declare const __TEST_BUILD__: boolean;

/** The catalogue of states is compiled into test builds only, and needs nothing of the station. */
async function start(): Promise<void> {
  const place = document.getElementById('root');
  if (place === null) return;
  guardAgainstEnter(window);
  const root = createRoot(place);
  // The flag itself and not IS_TEST_BUILD: only so does the bundler leave the catalogue's files out of what is shipped.
  if (__TEST_BUILD__ && window.location.hash.startsWith('#/catalogue')) {
    const { CataloguePage } = await import('./app/catalogue/CataloguePage');
    root.render(<CataloguePage />);
    return;
  }
  root.render(<App />);
}

void start();
