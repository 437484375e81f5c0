import { useState, type ReactNode } from 'react';
import { Icon } from '../icons/Icon';
import styles from './Photo.module.css';

export interface PhotoProps {
  /** Path on our own scheme, signed by main; null where the store has none. */
  readonly path: string | null;
  /** Edge of the square in pixels, or any CSS length. */
  readonly size: number | string;
}

/** The goods beside their line. A photo that is missing or will not load leaves a quiet frame of the same size. */
export function Photo({ path, size }: PhotoProps): ReactNode {
  const [failed, setFailed] = useState<string | null>(null);
  const shown = path !== null && failed !== path;
  return (
    <span className={styles['frame']} style={{ width: size, height: size }}>
      {shown ? (
        <img src={path} alt="" decoding="async" onError={() => setFailed(path)} />
      ) : (
        <Icon name="photo" size="42%" />
      )}
    </span>
  );
}
