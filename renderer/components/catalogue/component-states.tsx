/** The domain-free pieces in their states. */
import { useState, type ReactNode } from 'react';
import { addMs, toInstant } from '@shared/units/instant';
import { ActionButton } from '../action-button/ActionButton';
import { Barcode } from '../barcode/Barcode';
import { Deadline } from '../deadline/Deadline';
import { QuestionDialog } from '../dialog/QuestionDialog';
import { ErrorSentencesPanel } from '../error-sentences/ErrorSentencesPanel';
import { Choice } from '../field/Choice';
import { TextField } from '../field/TextField';
import { FilterChip } from '../filter-chip/FilterChip';
import { Icon } from '../icons/Icon';
import { ICON_PATHS, type IconName } from '../icons/icon-paths';
import { KeyCap } from '../key-cap/KeyCap';
import { Notice } from '../notice/Notice';
import { Photo } from '../photo/Photo';
import { Pill, type Tone } from '../pill/Pill';
import { Segments } from '../segments/Segments';
import { CATALOGUE_NOW_MS, type NamedState } from './named-state';

const NOW = toInstant(CATALOGUE_NOW_MS);
const nothing = (): void => undefined;
const TONES: readonly Tone[] = ['ok', 'warn', 'stop', 'accent', 'calm'];
const isIconName = (name: string): name is IconName => Object.hasOwn(ICON_PATHS, name);

function SegmentsSample(): ReactNode {
  const [chosen, setChosen] = useState<'a' | 'b'>('a');
  return (
    <Segments
      name="sample"
      chosen={chosen}
      onChoose={setChosen}
      segments={[
        { key: 'a', text: '浅色', icon: 'sun' },
        { key: 'b', text: '深色', icon: 'moon', count: '12' },
      ]}
    />
  );
}

const state = (name: string, render: () => ReactNode): NamedState => ({
  name: `component/${name}`,
  within: 'ground',
  render,
});

export const componentStates: readonly NamedState[] = [
  state('icons', () => (
    <>
      {Object.keys(ICON_PATHS)
        .filter(isIconName)
        .map((name) => (
          <Icon key={name} name={name} size={40} label={name} />
        ))}
    </>
  )),
  state('buttons', () => (
    <>
      {(['primary', 'plain', 'quiet', 'danger', 'good'] as const).map((tone) => (
        <ActionButton key={tone} tone={tone} icon="printer" keys="F10" onAct={nothing}>
          {tone}
        </ActionButton>
      ))}
      <ActionButton busy onAct={nothing}>
        busy
      </ActionButton>
      <ActionButton large tone="primary" onAct={nothing}>
        large
      </ActionButton>
      <KeyCap keys="Shift+F9" />
    </>
  )),
  state('pills', () => (
    <>
      {TONES.map((tone) => (
        <Pill key={tone} tone={tone} icon="check">
          {tone}
        </Pill>
      ))}
      <Deadline now={NOW} at={addMs(NOW, 95 * 60_000)} because="tier" full />
      <Deadline now={NOW} at={addMs(NOW, 31 * 3_600_000)} because="platform-promise" full />
      <Deadline now={NOW} at={addMs(NOW, -12 * 60_000)} because="platform-promise" full />
    </>
  )),
  state('chips', () => (
    <>
      {TONES.map((tone, at) => (
        <FilterChip key={tone} tone={tone} icon="box" count="1,284" isOn={at % 2 === 0} onToggle={nothing}>
          {tone}
        </FilterChip>
      ))}
      <SegmentsSample />
      <Photo path={null} size={96} />
    </>
  )),
  state('notices', () => (
    <>
      <Notice tone="calm" icon="offline">
        连不上店铺，本机照常打包
      </Notice>
      <Notice tone="warn" icon="key" action={{ text: '查看', onAct: nothing }}>
        密钥存放在本机文件里
      </Notice>
      <Notice tone="stop" icon="disk">
        硬盘已满
      </Notice>
      <ErrorSentencesPanel
        sentences={{ happened: '电脑硬盘满了。', means: '这一步没有计入。', next: '停止打包，请管理员清理硬盘。' }}
      />
    </>
  )),
  state('fields', () => (
    <>
      <TextField label="名称" value="青禾" onChange={nothing} hint="提示" />
      <TextField label="地址" value="htp:/" onChange={nothing} problem="请检查这一项" />
      <Choice label="角色" value="packer" options={[{ key: 'packer', text: '打包员' }]} onChange={nothing} />
      <Barcode text="TM-UNDO" name="撤销" />
    </>
  )),
  state('dialog', () => (
    <QuestionDialog
      title="删除这家店铺？"
      cancel="取消"
      confirm="删除"
      tone="danger"
      onCancel={nothing}
      onConfirm={nothing}
    >
      <p>不再拉取它的订单；已有的作业记录都会保留。</p>
    </QuestionDialog>
  )),
];
