import type { Answers } from '@akinai/client'
import { Badge, Icon, Loading, PageHeader, Panel, useText } from '@akinai/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { api } from './api.ts'
import { Failure, Forbidden } from './failure.tsx'
import { useMay } from './me.tsx'
import { setupWords } from './setup-words.ts'

type Told = Answers['setup']
const useSetup = () => useQuery({ queryKey: ['setup'], queryFn: () => api.setup(), refetchInterval: 15_000 })
type Name = 'products' | 'stock' | 'law' | 'delivery' | 'mail' | 'till' | 'staff' | 'sold'
/** In the order in which one leads to the next. Those that not every shop needs are not counted as left. */
const steps: readonly { name: Name; isDone: (s: Told) => boolean; maybe?: true }[] = [
  { name: 'products', isDone: (s) => s.products > 0 },
  { name: 'stock', isDone: (s) => s.in_stock > 0 },
  { name: 'law', isDone: (s) => s.law_missing.length === 0 },
  { name: 'delivery', isDone: (s) => s.delivery },
  { name: 'mail', isDone: (s) => s.mail, maybe: true },
  { name: 'till', isDone: (s) => s.tills > 0, maybe: true },
  { name: 'staff', isDone: (s) => s.staff > 1, maybe: true },
  { name: 'sold', isDone: (s) => s.sold },
]
const left = (s: Told) => steps.filter((step) => !step.maybe && !step.isDone(s)).length

/** What has to be there before something is sold, ticked by what is. */
export function Setup() {
  const may = useMay()
  return may('settings.write') ? <Steps /> : <Forbidden />
}

function Steps() {
  const t = useText(setupWords)
  const found = useSetup()
  if (found.error && !found.data) return <Failure error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <Loading lines={8} />
  const s = found.data
  const links: Record<Name, ReactNode> = {
    products: (
      <>
        <Link to="/products/$product" params={{ product: 'new' }}>
          {t.go.products}
        </Link>
        <Link to="/imports">{t.go.imports}</Link>
      </>
    ),
    stock: <Link to="/stock">{t.go.stock}</Link>,
    law: (
      <Link to="/settings" search={{ of: 'law' }}>
        {t.go.law}
      </Link>
    ),
    delivery: (
      <Link to="/settings" search={{ of: 'delivery' }}>
        {t.go.delivery}
      </Link>
    ),
    mail: <Link to="/mail">{t.go.mail}</Link>,
    till: (
      <>
        <Link to="/places">{t.go.till}</Link>
        <Link to="/account">{t.go.pin}</Link>
      </>
    ),
    staff: <Link to="/staff">{t.go.staff}</Link>,
    sold: (
      <a href="/" target="_blank" rel="noreferrer">
        {t.go.sold}
      </a>
    ),
  }
  return (
    <>
      <PageHeader title={t.steps} words={t.stepsLead} />
      <Panel>
        <ol className="steps">
          {steps.map(({ name, isDone, maybe }) => {
            const done = isDone(s)
            return (
              <li key={name} {...(done && { 'data-done': '' })}>
                <span className="step-mark" aria-hidden="true">
                  {done ? <Icon name="check" /> : null}
                </span>
                <div>
                  <h2>
                    {t.step[name].title}{' '}
                    <Badge tone={done ? 'ok' : maybe ? 'neutral' : 'accent'}>
                      {done ? t.stepDone : maybe ? t.stepMaybe : t.stepOpen}
                    </Badge>
                  </h2>
                  <p className="quiet">
                    {t.step[name].words}
                    {name === 'law' && !done ? ` ${t.lawMissing(s.law_missing.length)}` : ''}
                  </p>
                  <p className="step-links">{links[name]}</p>
                </div>
              </li>
            )
          })}
        </ol>
      </Panel>
    </>
  )
}

/** On the overview, until a shop can sell. */
export function StepsLeft() {
  const t = useText(setupWords)
  const found = useSetup()
  const n = found.data ? left(found.data) : 0
  if (n === 0) return null
  return (
    <Panel>
      <p className="verdict">
        {t.openSteps(n)} <Link to="/setup">{t.openStepsGo}</Link>
      </p>
    </Panel>
  )
}
