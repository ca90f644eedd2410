import { applyTheme, InsideDialogs, Root } from '@akinai/ui'
import '@akinai/ui/styles.css'
import './src/console.css'
import './src/grid.css'
import './src/wares.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { queries } from './src/api.ts'
import { Invitation } from './src/invitation.tsx'
import { SignedIn } from './src/me.tsx'
import { router } from './src/router.tsx'
import { StepUp } from './src/step-up.tsx'

applyTheme()
const root = document.getElementById('root')
if (!root) throw new Error('the page has no root')
createRoot(root).render(
  <QueryClientProvider client={queries}>
    <Root>
      {location.pathname.endsWith('/invitation') ? (
        <Invitation />
      ) : (
        <SignedIn>
          <InsideDialogs node={<StepUp />}>
            <RouterProvider router={router} />
            <StepUp />
          </InsideDialogs>
        </SignedIn>
      )}
    </Root>
  </QueryClientProvider>,
)
