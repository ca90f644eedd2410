type Suggestion = { kind: 'category' | 'product'; code: string; name: { ja: string; en: string } }

/** A list below the search field while somebody types; the arrow keys choose, Enter goes, Escape closes. */
export function suggestions(box: HTMLInputElement): void {
  const lang = document.documentElement.lang === 'en' ? 'en' : 'ja'
  const list = document.createElement('ul')
  list.id = 'suggestions'
  list.className = 'suggestions'
  list.role = 'listbox'
  list.ariaLabel = box.ariaLabel
  list.hidden = true
  box.after(list)
  box.role = 'combobox'
  box.setAttribute('aria-autocomplete', 'list')
  box.setAttribute('aria-controls', list.id)
  box.ariaExpanded = 'false'
  let chosen = -1
  let asked = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  let under: AbortController | undefined

  const close = () => {
    list.hidden = true
    chosen = -1
    box.ariaExpanded = 'false'
    box.removeAttribute('aria-activedescendant')
  }
  /** Only for whoever is still there: an answer may come after they have gone on. */
  const open = () => {
    list.hidden = list.children.length === 0 || document.activeElement !== box
    box.ariaExpanded = String(!list.hidden)
  }
  const choose = (to: number) => {
    chosen = Math.max(-1, Math.min(list.children.length - 1, to))
    ;[...list.children].forEach((one, i) => (one.ariaSelected = String(i === chosen)))
    if (chosen < 0) box.removeAttribute('aria-activedescendant')
    else box.setAttribute('aria-activedescendant', list.children[chosen]!.id)
  }
  const show = (items: readonly Suggestion[]) => {
    list.replaceChildren(
      ...items.map((s, i) => {
        const one = document.createElement('li')
        one.id = `suggestion-${i}`
        one.role = 'option'
        one.ariaSelected = 'false'
        const link = document.createElement('a')
        link.href = `${s.kind === 'category' ? '/c/' : '/p/'}${encodeURIComponent(s.code)}`
        link.textContent = s.name[lang]
        link.tabIndex = -1
        if (s.kind === 'category') link.className = 'in-category'
        one.append(link)
        return one
      }),
    )
    chosen = -1
    open()
  }
  const ask = async () => {
    const q = box.value.trim()
    if (q === asked) return
    asked = q
    under?.abort()
    if (!q) return close()
    under = new AbortController()
    try {
      const answer = await fetch(`/store/v1/suggestions?q=${encodeURIComponent(q.slice(0, 100))}`, {
        signal: under.signal,
      })
      if (answer.ok) show(((await answer.json()) as { items: Suggestion[] }).items)
    } catch {
      // Suggestions save a step; without them the search goes on.
    }
  }
  // Also while an input method composes: what is shown by then is kana, and kana are found.
  box.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(() => void ask(), 80)
  })
  box.addEventListener('keydown', (e) => {
    if (e.isComposing || list.hidden) return
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
      e.preventDefault()
      choose(chosen + (e.key === 'ArrowDown' ? 1 : -1))
    } else if (e.key === 'Escape') close()
    else if (e.key === 'Enter' && chosen >= 0) {
      e.preventDefault()
      list.children[chosen]!.querySelector('a')!.click()
    }
  })
  box.addEventListener('blur', () => setTimeout(close, 150))
  box.addEventListener('focus', () => {
    if (box.value.trim() === asked) open()
  })
}
