import { Title } from '@mantine/core'
import { useEffect, useRef, type ReactNode } from 'react'

/** What is at this address; takes the focus when somebody comes from another, so that it is read out. */
export function PageTitle({ children }: { children: ReactNode }) {
  const ref = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // At the first place the browser decides where the focus is; at the same place shown anew it stays where it is.
    if (shownAt !== undefined && shownAt !== location.pathname) ref.current?.focus({ preventScroll: true })
    shownAt = location.pathname
  }, [])
  return (
    <Title order={1} tabIndex={-1} ref={ref} className="kp-title">
      {children}
    </Title>
  )
}

let shownAt: string | undefined
