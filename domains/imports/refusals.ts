import { refusal } from '#kernel/refusal'

export const ImportMissing = refusal<{ run: number }>(
  'imports.missing',
  'missing',
  (d) => [`取り込み ${d.run} が見つかりません。`, '取り込みの一覧からお選びください。'],
  (d) => [`There is no import ${d.run}.`, 'Choose it from the list of imports.'],
)
export const ImportStopped = refusal<{ run: number; state: string }>(
  'imports.stopped',
  'conflict',
  (d) => [
    `取り込み ${d.run} は中止されたか、すでに終わっています。`,
    'それまでに取り込んだ行はそのまま残っています。',
  ],
  (d) => [`Import ${d.run} was cancelled, or has ended.`, 'The rows taken in until then stay.'],
)
export const ImportBusy = refusal<{ run: number }>(
  'imports.busy',
  'conflict',
  (d) => [
    `取り込み ${d.run} の処理がまだ続いています。何も変えていません。`,
    '終わるまでお待ちになるか、中止してください。',
  ],
  (d) => [`Import ${d.run} is still under way. Nothing was changed.`, 'Wait for its end, or cancel it.'],
)
// What a file can be refused for as a whole.
export const FileUnreadable = refusal<{ why: string; found: string }>(
  'imports.file_unreadable',
  'invalid',
  (d) => {
    const why: Record<string, readonly [string, string]> = {
      empty: ['ファイルに行がありません。', '見出しの行と商品の行があるファイルをお選びください。'],
      utf16: [
        'このファイルは UTF-16 です。何も取り込んでいません。',
        'UTF-8 または Shift_JIS（CP932）で保存し直してください。',
      ],
      gzip: ['gzip ファイルが壊れています。', 'もう一度ダウンロードするか、展開してからお選びください。'],
      rows: [`行が多すぎます（上限 ${d.found} 行）。何も取り込んでいません。`, 'ファイルを分けてください。'],
      heading: [`見出しの行が読めません（${d.found}）。何も取り込んでいません。`, '1 行目をご確認ください。'],
      code: [
        '商品コードの列がありません。何も取り込んでいません。',
        `列の対応をご確認ください（見出し：${d.found}）。`,
      ],
      column: [
        `列「${d.found}」がファイルにありません。何も取り込んでいません。`,
        '列の対応をご確認ください。',
      ],
      field: [`項目「${d.found}」はありません。何も取り込んでいません。`, '列の対応をご確認ください。'],
      twice: [`列「${d.found}」が二つあります。何も取り込んでいません。`, '見出しを直してください。'],
      mapping: [
        `列の対応「${d.found}」が分かりません。何も取り込んでいません。`,
        'akinai、mhlw、jan-list、または対応を書いたファイルを指定してください。',
      ],
      from: [
        `価格の適用日「${d.found}」が日付ではありません。何も取り込んでいません。`,
        '2026-04-01 のようにご指定ください。',
      ],
    }
    return why[d.why] ?? ['ファイルを読めません。何も取り込んでいません。']
  },
  (d) => {
    const why: Record<string, readonly [string, string]> = {
      empty: ['The file has no rows.', 'Choose one with a heading and products below it.'],
      utf16: ['The file is UTF-16. Nothing was taken in.', 'Save it as UTF-8 or Shift_JIS (CP932).'],
      gzip: ['The gzip file is damaged.', 'Download it again, or unpack it first.'],
      rows: [`The file has too many rows (at most ${d.found}). Nothing was taken in.`, 'Divide it.'],
      heading: [`The heading cannot be read (${d.found}). Nothing was taken in.`, 'Look at its first line.'],
      code: [
        'No column holds the product code. Nothing was taken in.',
        `Look at the mapping of columns (headings: ${d.found}).`,
      ],
      column: [
        `The file has no column “${d.found}”. Nothing was taken in.`,
        'Look at the mapping of columns.',
      ],
      field: [`There is no field “${d.found}”. Nothing was taken in.`, 'Look at the mapping of columns.'],
      twice: [`The column “${d.found}” is there twice. Nothing was taken in.`, 'Mend the heading.'],
      mapping: [
        `The mapping “${d.found}” is not known. Nothing was taken in.`,
        'Name akinai, mhlw, jan-list or a file with the mapping.',
      ],
      from: [`“${d.found}” is no day for prices to begin. Nothing was taken in.`, 'Say it like 2026-04-01.'],
    }
    return why[d.why] ?? ['The file cannot be read. Nothing was taken in.']
  },
)
// What is wrong with one cell or row. Faults are kept with their row, they are not thrown.
export const CellUnreadable = refusal<{ why: string; found: string }>(
  'imports.cell_unreadable',
  'invalid',
  (d) => {
    const why: Record<string, string> = {
      bytes: `文字として読めないバイトがあります（${d.found}）。`,
      nul: 'NUL 文字が入っています。',
      quote: '引用符（"）が閉じていないか、閉じた後に文字が続いています。',
      long: '行が長すぎます（上限 256 KB）。',
    }
    return [why[d.why] ?? 'セルを読めません。']
  },
  (d) => {
    const why: Record<string, string> = {
      bytes: `Bytes that are no letters (${d.found}).`,
      nul: 'It holds a NUL.',
      quote: 'A quote is left open, or something follows its end.',
      long: 'The row is too long (at most 256 KB).',
    }
    return [why[d.why] ?? 'The cell cannot be read.']
  },
)
export const CellUnfit = refusal<{ why: string; found: string; most?: number | undefined }>(
  'imports.cell_unfit',
  'invalid',
  (d) => {
    const why: Record<string, string> = {
      empty: '必須の項目が空です。',
      long: `長すぎます（上限 ${d.most} 文字）。`,
      code: `「${d.found}」はコードに使えません（文字・数字・. _ - で 64 文字まで）。`,
      price: `「${d.found}」は価格として読めません（0 以上、小数 4 桁まで、100 億円未満）。`,
      whole: `「${d.found}」は整数ではないか、範囲の外です。`,
      yes_no: `「${d.found}」は「はい／いいえ」（yes / no）ではありません。`,
      date: `「${d.found}」は日付ではありません。`,
      choice: `「${d.found}」という値はありません。`,
      json: '書き方が正しくありません。',
      differs: `同じ商品の前の行と違う値「${d.found}」です。`,
    }
    return [why[d.why] ?? `「${d.found}」は使えません。`]
  },
  (d) => {
    const why: Record<string, string> = {
      empty: 'A required cell is empty.',
      long: `Too long (at most ${d.most} letters).`,
      code: `“${d.found}” will not do as a code (letters, digits, . _ -, at most 64).`,
      price: `“${d.found}” is no price (not below 0, at most four decimals, under ten thousand million yen).`,
      whole: `“${d.found}” is no whole number, or out of range.`,
      yes_no: `“${d.found}” is neither yes nor no.`,
      date: `“${d.found}” is no date.`,
      choice: `There is no “${d.found}”.`,
      json: 'It is not written as it should be.',
      differs: `“${d.found}” differs from the row before, of the same product.`,
    }
    return [why[d.why] ?? `“${d.found}” will not do.`]
  },
)
export const RowUnfit = refusal<{ why: string; found: string }>(
  'imports.row_unfit',
  'invalid',
  (d) => {
    const why: Record<string, string> = {
      columns: `列の数が見出しと違います（${d.found}）。`,
      twice: `同じコードがすでに ${d.found} 行目にあります。`,
      together: `同じ商品の ${d.found} 行目に誤りがあるため、この行も取り込めません。`,
    }
    return [why[d.why] ?? 'この行は取り込めません。']
  },
  (d) => {
    const why: Record<string, string> = {
      columns: `It has another number of columns than the heading (${d.found}).`,
      twice: `The same code stands on line ${d.found} already.`,
      together: `Line ${d.found} of the same product is faulty, so this one cannot be taken in either.`,
    }
    return [why[d.why] ?? 'The row cannot be taken in.']
  },
)
