import '@mantine/core/styles.css'
import 'uplot/dist/uPlot.min.css'
import './page.css'
import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ApiFailure, beginSession } from './data/api.ts'
import { LanguageProvider } from './data/language.tsx'
import { PatrolPage } from './pages/patrol-page.tsx'
import { theme } from './theme.ts'

await beginSession().catch(() => undefined)

const client = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (times, failure) => times < 1 && !(failure instanceof ApiFailure),
      staleTime: 250,
      refetchOnWindowFocus: false,
    },
  },
})
const root = document.querySelector('#root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto">
        <QueryClientProvider client={client}>
          <LanguageProvider>
            <PatrolPage />
          </LanguageProvider>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  )
}
