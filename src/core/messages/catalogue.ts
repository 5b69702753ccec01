import { diskAttributionMessages } from './disk-attribution.ts'
import { configurationMessages } from './configuration.ts'
import { kubeconfigMessages } from './kubeconfig.ts'
import { reasonMessages } from './reasons.ts'
import { causeMessages } from './causes.ts'
import { cliMessages } from './cli.ts'
import { explainPageMessages } from './explain-page.ts'
import { pageMessages } from './page.ts'
import { fleetPageMessages } from './fleet-page.ts'
import { forecastPageMessages } from './forecast-page.ts'
import { placementMessages } from './placement.ts'
import { nodePageMessages } from './node-page.ts'
import { reportMessages } from './report.ts'
import { ruleMessages } from './rules.ts'
import { simulateMessages } from './simulate.ts'
import { tellMessages } from './tell.ts'
import { labMessages } from './lab.ts'
import { noticeMessages } from './notices.ts'
import { findingMessages } from './findings.ts'
import { forecastMessages } from './forecast.ts'
import { factMessages } from './facts.ts'
import { adviceMessages } from './advice.ts'
import { errorMessages } from './errors.ts'

/** Every sentence a person may read, each in every language. */
export const catalogue = {
  ...configurationMessages,
  ...kubeconfigMessages,
  ...reasonMessages,
  ...causeMessages,
  ...diskAttributionMessages,
  ...cliMessages,
  ...labMessages,
  ...errorMessages,
  ...ruleMessages,
  ...reportMessages,
  ...pageMessages,
  ...fleetPageMessages,
  ...nodePageMessages,
  ...explainPageMessages,
  ...forecastPageMessages,
  ...placementMessages,
  ...simulateMessages,
  ...forecastMessages,
  ...tellMessages,
  ...noticeMessages,
  ...findingMessages,
  ...factMessages,
  ...adviceMessages,
}
