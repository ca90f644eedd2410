import type { ReactNode } from 'react'

/** What is so, each by its word. */
export function Facts({
  of,
  large = false,
}: {
  of: readonly (readonly [word: string, value: ReactNode])[]
  large?: boolean
}) {
  return (
    <dl className={large ? 'facts large' : 'facts'}>
      {of.map(([word, value]) => (
        <div key={word}>
          <dt>{word}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
