/** The sign-in screen in its states; the people are invented. */
import { personId } from '@shared/domain/ids';
import type { Person } from '@shared/domain/person';
import { PRACTICE_PEOPLE } from '@shared/domain/practice';
import type { NamedState } from '../../components/catalogue/named-state';
import { SignInPanel } from './SignInPanel';

const nothing = (): void => undefined;
const acts = { onBadge: nothing, onPin: nothing, busy: false };

const person = (id: string, name: string, role: Person['role']): Person => ({
  personId: personId.parse(id),
  name,
  role,
});
const people = [
  person('p1', '林晓岚', 'packer'),
  person('p2', '周启明', 'packer'),
  person('p3', '何雨桐', 'lead'),
  person('p4', 'Amelia Hartwell', 'support'),
  person('p5', '方致远', 'administrator'),
];
const unknown = { happened: '系统不认识这张工牌。', means: '没有人登录。', next: '再扫一次；还不行请组长登记工牌。' };

export const signInStates: readonly NamedState[] = [
  {
    name: 'sign-in/ready',
    within: 'gate',
    render: () => <SignInPanel people={people} practice={[]} problem={null} {...acts} />,
  },
  {
    name: 'sign-in/unknown-badge',
    within: 'gate',
    render: () => <SignInPanel people={people} practice={[]} problem={unknown} {...acts} />,
  },
  {
    name: 'sign-in/practice',
    within: 'gate',
    render: () => (
      <SignInPanel
        people={PRACTICE_PEOPLE.map(({ personId: id, name, role }) => person(id, name, role))}
        practice={PRACTICE_PEOPLE}
        problem={null}
        {...acts}
      />
    ),
  },
];
