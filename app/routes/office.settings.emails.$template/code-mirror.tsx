import { html } from '@codemirror/lang-html';
import { useComputedColorScheme } from '@mantine/core';
import CodeMirror, {
  Decoration,
  EditorView,
  type Extension,
  MatchDecorator,
  RangeSet,
  StateEffect,
  StateField,
  ViewPlugin,
} from '@uiw/react-codemirror';
import { useEffect, useMemo, useState } from 'react';

interface Props {
  id: string;
  label: string;
  value: string;
  markup: boolean;
  wrong: readonly number[];
  onChange: (value: string) => void;
  onFocus: (insert: (text: string) => void) => void;
}

const braces = new MatchDecorator({ regexp: /\{\{[^{}]*\}\}/g, decoration: Decoration.mark({ class: 'cm-written-name' }) });

/** What the mail writes itself stands out from what is typed. */
const namesMarked = ViewPlugin.define(
  (view) => ({
    marks: braces.createDeco(view),
    update(update) {
      this.marks = braces.updateDeco(update, this.marks);
    },
  }),
  { decorations: (plugin) => plugin.marks },
);

const setWrong = StateEffect.define<readonly number[]>();
const wrongLines = StateField.define({
  create: () => Decoration.none,
  update(marks, transaction) {
    const told = transaction.effects.find((effect) => effect.is(setWrong));
    if (!told) return marks.map(transaction.changes);
    const { doc } = transaction.state;
    const lines = [...new Set(told.value as readonly number[])]
      .filter((line) => line >= 1 && line <= doc.lines)
      .sort((a, b) => a - b);
    return RangeSet.of(lines.map((line) => Decoration.line({ class: 'cm-wrong-line' }).range(doc.line(line).from)));
  },
  provide: (field) => EditorView.decorations.from(field),
});

const look = EditorView.theme({
  '&': { fontSize: '13px' },
  '&.cm-focused': { outline: '2px solid var(--mantine-primary-color-filled)', outlineOffset: '1px' },
  '.cm-written-name': { backgroundColor: 'var(--mantine-primary-color-light)', borderRadius: '3px' },
  '.cm-wrong-line': { backgroundColor: 'var(--mantine-color-red-light)' },
});

/** The editor itself, loaded by its page alone and after it. */
export default function CodeMirrorField({ id, label, value, markup, wrong, onChange, onFocus }: Props) {
  const scheme = useComputedColorScheme('light');
  const [view, setView] = useState<EditorView>();
  const extensions = useMemo<Extension[]>(
    () => [
      ...(markup ? [html({ autoCloseTags: false })] : []),
      EditorView.lineWrapping,
      namesMarked,
      wrongLines,
      look,
      EditorView.contentAttributes.of({ id, 'aria-label': label }),
    ],
    [id, label, markup],
  );
  useEffect(() => view?.dispatch({ effects: setWrong.of(wrong) }), [view, wrong]);
  return (
    <CodeMirror
      value={value}
      theme={scheme}
      extensions={extensions}
      // Tab leads on to the next field: who has no mouse must get out again.
      indentWithTab={false}
      basicSetup={{ foldGutter: false, autocompletion: false, closeBrackets: false }}
      minHeight="120px"
      maxHeight="460px"
      onCreateEditor={setView}
      onChange={onChange}
      onFocus={() =>
        onFocus((text) => {
          if (!view) return;
          view.dispatch(view.state.replaceSelection(text));
          view.focus();
        })
      }
    />
  );
}
