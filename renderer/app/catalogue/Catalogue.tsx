import { useEffect, useState, type ReactNode } from 'react';
import { Shell } from '../Shell';
import { routeOfHash } from '../routes';
import { ALL_STATES } from './all-states';
import { sampleShell, sampleShellActs } from './shell-states';
import styles from './Catalogue.module.css';

const PREFIX = '#/catalogue/';

const chosenName = (): string => decodeURIComponent(window.location.hash.slice(PREFIX.length));

/** The state catalogue: `#/catalogue` lists every state, `#/catalogue/<name>` shows one. In test builds only. */
export function Catalogue(): ReactNode {
  const [name, setName] = useState(chosenName);
  useEffect(() => {
    const onHash = (): void => setName(chosenName());
    window.addEventListener('hashchange', onHash);
    return () => window.removeEventListener('hashchange', onHash);
  }, []);
  useEffect(() => {
    document.documentElement.dataset['ready'] = 'catalogue';
    document.documentElement.dataset['state'] = name;
  }, [name]);
  const state = ALL_STATES.find((each) => each.name === name);
  if (state === undefined) return <Contents />;
  if (state.within === 'page')
    return (
      <div key={name} className={styles['page']}>
        {state.render()}
      </div>
    );
  if (state.within === 'ground')
    return (
      <div key={name} className={styles['ground']}>
        {state.render()}
      </div>
    );
  return (
    <Shell
      key={name}
      view={state.within === 'gate' ? { ...sampleShell, person: null, stores: [] } : sampleShell}
      route={state.within === 'gate' ? null : routeOfHash(`#/${name}`)}
      acts={sampleShellActs}
    >
      {state.render()}
    </Shell>
  );
}

function Contents(): ReactNode {
  return (
    <ul className={styles['contents']} data-state-names={ALL_STATES.map((state) => state.name).join(' ')}>
      {ALL_STATES.map((state) => (
        <li key={state.name}>
          <a href={`${PREFIX}${state.name}`}>{state.name}</a>
        </li>
      ))}
    </ul>
  );
}
