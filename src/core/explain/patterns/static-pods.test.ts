import { testPatternFamily } from '../pattern-family.contract.ts'
import { staticPods } from './static-pods.ts'

testPatternFamily(staticPods)
